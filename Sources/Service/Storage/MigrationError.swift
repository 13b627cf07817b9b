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
            "migrations: \(name) has a lower number than \(newest), which is applied already; give a new file the next "
                + "number, and for a database that no release has made so, restore a backup of one that a release has"
        case .failed(let name, let reason): "migrations: \(name) failed and was rolled back: \(reason)"
        case .unavailable(let reason): "migrations: \(reason)"
        }
    }
}
