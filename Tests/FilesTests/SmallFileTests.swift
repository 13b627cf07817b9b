import Files
import Foundation
import Testing

@Suite("Small files")
struct SmallFileTests {
    @Test("what was put in comes back, only its owner may read it, and nothing else is left in the folder")
    func replaced() throws {
        try TemporaryFolder.with { folder in
            let file = SmallFile("\(folder)/a", maximumBytes: 100)
            let stamp = try file.replace(with: Array("one".utf8))
            #expect(try file.read().bytes == Array("one".utf8))
            #expect(try file.read().stamp == stamp && file.stamp() == stamp)
            #expect(chmod(file.path, 0o644) == 0)
            let next = try file.replace(with: Array("two".utf8))
            #expect(next != stamp)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
        }
    }

    @Test("a missing file, one that is too long and a missing folder are told by name")
    func faults() throws {
        try TemporaryFolder.with { folder in
            let missing = SmallFile("\(folder)/none", maximumBytes: 10)
            let failure = #expect(throws: FileError.self) { try missing.read() }
            #expect(failure?.isMissing == true && failure?.description.contains("\(folder)/none: open: ") == true)
            #expect(throws: FileError.self) { try missing.stamp() }
            let long = SmallFile("\(folder)/long", maximumBytes: 10)
            _ = try long.replace(with: [UInt8](repeating: 1, count: 11))
            #expect(throws: FileError.tooLong(path: long.path, limit: 10)) { try long.read() }
            #expect(throws: FileError.self) {
                _ = try SmallFile("\(folder)/no/file", maximumBytes: 10).replace(with: [1])
            }
        }
    }
}

@Suite("Locks that are files")
struct FileLockTests {
    @Test("one at a time has the lock, and only its holder gives it up")
    func exclusive() throws {
        try TemporaryFolder.with { folder in
            let path = "\(folder)/x.lock"
            let first = FileLock(path, staleAfter: .seconds(60))
            let second = FileLock(path, staleAfter: .seconds(60))
            #expect(try first.take())
            #expect(try !second.take() && !first.take())
            try second.release()
            #expect(try !second.take())
            try first.release()
            try first.release()
            #expect(try second.take())
            try second.release()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("a lock that was left behind is taken over, and its late holder does not give up the new one")
    func stale() throws {
        try TemporaryFolder.with { folder in
            let path = "\(folder)/x.lock"
            let late = FileLock(path, staleAfter: .seconds(10))
            #expect(try late.take())
            let past = Date(timeIntervalSinceNow: -11)
            try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
            let next = FileLock(path, staleAfter: .seconds(10))
            #expect(try next.take())
            try late.release()
            #expect(try !late.take())
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.lock"])
        }
    }

    @Test("a folder that is not there is an error and no lock")
    func noFolder() {
        #expect(throws: FileError.self) { try FileLock("/nowhere/x.lock", staleAfter: .seconds(1)).take() }
    }
}

/// A folder for one test.
enum TemporaryFolder {
    static func with(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer {
            do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
        }
        try body(folder)
    }
}
