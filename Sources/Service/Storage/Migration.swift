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

    /// Nil when the name is not digits (at most 2147483647), an underscore, then lower-case letters, digits and
    /// underscores, and `.sql`.
    public init?(name: String, sql: String) {
        let digits = "0123456789"
        let parts = name.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, parts[1].hasSuffix(".sql"), parts[0].allSatisfy(digits.contains),
            let version = Int32(parts[0]), version > 0
        else { return nil }
        let title = parts[1].dropLast(4)
        guard !title.isEmpty, title.allSatisfy({ "abcdefghijklmnopqrstuvwxyz_\(digits)".contains($0) }) else {
            return nil
        }
        self.version = Int(version)
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
                let sql = String(validating: data, as: UTF8.self), !sql.utf8.contains(0)
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
