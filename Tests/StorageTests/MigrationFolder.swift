import Foundation
import Storage

/// A folder of migration files that is there as long as this object.
final class MigrationFolder {
    private let url: URL

    var path: String { url.path }

    init(_ files: [String: String]) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "migrations-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, text) in files { try write(Array(text.utf8), to: name) }
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            print("\(path) stays behind: \(error)")
        }
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: url.appending(path: name))
    }
}

/// A migration that is known to be well named.
func migration(_ name: String, _ sql: String = "SELECT 1") throws -> Migration {
    guard let migration = Migration(name: name, sql: sql) else { throw MigrationError.badName(name) }
    return migration
}
