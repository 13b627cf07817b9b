import Glibc

/// A lock between processes that is a file: who makes it has the lock. One that its holder has left behind counts as
/// stale after a while. Every call blocks for a moment, and none waits for the lock.
public struct FileLock: Sendable {
    private let path: String
    private let staleAfter: Duration
    /// Says whose it is.
    private let mark: String

    /// A lock at `path`; who holds it longer than `staleAfter` loses it.
    public init(_ path: String, staleAfter: Duration) {
        self.path = path
        self.staleAfter = staleAfter
        mark = "\(getpid()).\(UInt64.random(in: 0 ... .max))"
    }

    /// Tries once. False when somebody else has it.
    public func take() throws(FileError) -> Bool {
        if try create() { return true }
        guard try removeIfStale() else { return false }
        return try create()
    }

    /// Gives the lock up, unless somebody else has taken it by now.
    public func release() throws(FileError) {
        let file = SmallFile(path, maximumBytes: 256)
        do throws(FileError) {
            guard try file.read().bytes == Array(mark.utf8) else { return }
        } catch {
            if error.isMissing { return }
            throw error
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw FileError(path, "unlink") }
    }

    private func create() throws(FileError) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw FileError(path, "open")
        }
        defer { close(descriptor) }
        let text = Array(mark.utf8)
        guard text.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == text.count else {
            throw FileError(path, "write")
        }
        return true
    }

    /// Moves a stale lock away before it is deleted: should another process have replaced it meanwhile, what was moved
    /// is that one's, and is put back.
    private func removeIfStale() throws(FileError) -> Bool {
        let file = SmallFile(path, maximumBytes: 256)
        let seen: FileStamp
        do throws(FileError) {
            seen = try file.stamp()
        } catch {
            // Its holder has just given it up.
            if error.isMissing { return true }
            throw error
        }
        guard seen.age > staleAfter else { return false }
        let aside = "\(path).\(mark)"
        guard rename(path, aside) == 0 else {
            if errno == ENOENT { return true }
            throw FileError(path, "rename")
        }
        defer { unlink(aside) }
        guard try SmallFile(aside, maximumBytes: 256).stamp() == seen else {
            link(aside, path)
            return false
        }
        return true
    }
}
