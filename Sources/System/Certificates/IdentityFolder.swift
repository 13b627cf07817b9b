import Glibc

/// A folder that certificates and keys are written to.
public struct IdentityFolder: Sendable {
    /// The folder's path.
    public let path: String

    /// Makes the folder where it is missing, for its owner alone (0700). Its parent must be there.
    public init(_ path: String) throws(IssueError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .cannotWrite(path, code: errno) }
        self.path = path
    }

    /// The path of a file in the folder.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file that everybody may read, in place of one of that name.
    public func write(_ bytes: [UInt8], to name: String) throws(IssueError) {
        try write(bytes, to: name, mode: 0o644)
    }

    /// Writes a file that only its owner may read (0600), in place of one of that name.
    public func write(secret bytes: [UInt8], to name: String) throws(IssueError) {
        try write(bytes, to: name, mode: 0o600)
    }

    /// An older file goes first, so that its mode does not stay and a link is not followed.
    private func write(_ bytes: [UInt8], to name: String, mode: mode_t) throws(IssueError) {
        let path = file(name)
        guard unlink(path) == 0 || errno == ENOENT else { throw .cannotWrite(path, code: errno) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .cannotWrite(path, code: errno) }
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                Glibc.write(descriptor, all.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            guard count > 0 || errno == EINTR else { throw .cannotWrite(path, code: errno) }
            sent += max(0, count)
        }
    }
}
