import EventLoop
import Glibc

/// Reads small text files whole.
enum BoundedFile {
    /// No file of settings comes near it.
    static let maxBytes = 1 << 20

    /// The file's text. Blocks.
    static func read(_ path: String) throws(FileReadError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(SystemError(call: "open")) }
        defer { close(descriptor) }
        let bytes = try readAll(descriptor)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    private static func readAll(_ descriptor: Int32) throws(FileReadError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .system(SystemError(call: "read"))
            }
            bytes += chunk[..<count]
            guard bytes.count <= maxBytes else { throw .tooLong(maxBytes: maxBytes) }
        }
    }
}
