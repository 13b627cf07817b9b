import FoundationEssentials
import Hashing

/// One numbered SQL file: `0001_jobs.sql`.
public struct Migration: Sendable, Equatable {
    /// The number before the underscore; the order of application.
    public let version: Int
    /// The file's name.
    public let name: String
    /// The file's text.
    public let sql: String
    /// SHA-256 of the text, in hex.
    public let checksum: String

    /// Nil when the name is not digits, an underscore, then lower-case letters, digits and underscores, and `.sql`.
    public init?(name: String, sql: String) {
        let parts = name.split(separator: "_", maxSplits: 1)
        let rest = "abcdefghijklmnopqrstuvwxyz0123456789_"
        guard parts.count == 2, name.hasSuffix(".sql"), let version = Int(parts[0]), version > 0,
            parts[1].dropLast(4).allSatisfy({ rest.contains($0) })
        else { return nil }
        self.version = version
        self.name = name
        self.sql = sql
        checksum = SHA256.hash(Array(sql.utf8)).description
    }

    /// Reads every `.sql` file of `folder`, by version.
    public static func load(from folder: String) throws(MigrationError) -> [Migration] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sql") }
        } catch {
            throw .unreadable(folder)
        }
        var migrations: [Migration] = []
        for name in names.sorted() {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name),
                let sql = String(validating: data, as: UTF8.self)
            else { throw .unreadable(name) }
            guard let migration = Migration(name: name, sql: sql) else { throw .badName(name) }
            if let twin = migrations.first(where: { $0.version == migration.version }) {
                throw .duplicate(twin.name, name)
            }
            migrations.append(migration)
        }
        guard !migrations.isEmpty else { throw .empty(folder) }
        return migrations.sorted { $0.version < $1.version }
    }
}

/// Why the database cannot be brought to this program's schema.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A folder or file cannot be read.
    case unreadable(String)
    /// A file's name does not follow the pattern.
    case badName(String)
    /// Two files carry the same number.
    case duplicate(String, String)
    /// The folder holds no migration.
    case empty(String)
    /// A file that was applied has another content now.
    case changed(String)
    /// A file that was applied is not there any more: an older program on a newer database.
    case missing(String)
    /// A file with a lower number than the newest applied one has not been applied.
    case outOfOrder(String, after: String)
    /// The database refused a file.
    case failed(String, reason: String)
    /// The database cannot be reached.
    case unavailable(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path): "migrations: \(path) cannot be read"
        case .badName(let name): "migrations: \(name) is not named like 0001_what_it_does.sql"
        case .duplicate(let first, let second): "migrations: \(first) and \(second) have the same number"
        case .empty(let folder): "migrations: no .sql file in \(folder)"
        case .changed(let name):
            "migrations: \(name) has changed since it was applied; restore it and put the change into a new file"
        case .missing(let name):
            "migrations: \(name) was applied to this database but is not among the files; the program is older than "
                + "the database"
        case .outOfOrder(let name, let newest):
            "migrations: \(name) has a lower number than \(newest), which is applied already; renumber it"
        case .failed(let name, let reason): "migrations: \(name) failed and was rolled back: \(reason)"
        case .unavailable(let reason): "migrations: \(reason)"
        }
    }
}
