import Glibc

/// A file that is read and written whole. Every call blocks.
public struct SmallFile: Sendable {
    /// Where it is.
    public let path: String
    /// More is not read.
    public let maximumBytes: Int

    /// Touches nothing yet.
    public init(_ path: String, maximumBytes: Int) {
        self.path = path
        self.maximumBytes = maximumBytes
    }

    /// What its content is told apart by.
    public func stamp() throws(FileError) -> FileStamp {
        var info = stat()
        guard stat(path, &info) == 0 else { throw FileError(path, "stat") }
        return FileStamp(info)
    }

    /// Its content, and the stamp of exactly that content.
    public func read() throws(FileError) -> (bytes: [UInt8], stamp: FileStamp) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path, "open") }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileError(path, "fstat") }
        return (try readAll(descriptor), FileStamp(info))
    }

    /// Puts `bytes` in its place at once: whoever reads sees the old content or the new one. Only its owner may read
    /// it (mode 0600). Returns the stamp of the new content.
    public func replace(with bytes: [UInt8]) throws(FileError) -> FileStamp {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
        do throws(FileError) {
            try write(bytes, to: temporary)
            guard rename(temporary, path) == 0 else { throw FileError(path, "rename") }
        } catch {
            unlink(temporary)
            throw error
        }
        return try stamp()
    }

    private func write(_ bytes: [UInt8], to temporary: String) throws(FileError) {
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(temporary, "open") }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw FileError(temporary, "write")
            }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw FileError(temporary, "fsync") }
    }

    private func readAll(_ descriptor: Int32) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw FileError(path, "read")
            }
            bytes += chunk[..<count]
            guard bytes.count <= maximumBytes else { throw .tooLong(path: path, limit: maximumBytes) }
        }
    }
}
