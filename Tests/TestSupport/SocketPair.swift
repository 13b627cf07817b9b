public import EventLoop
import Glibc

/// Two connected, non-blocking descriptors; `close` is for those that nobody took over.
public struct SocketPair {
    /// One end.
    public let first: Int32
    /// The other end.
    public let second: Int32

    /// Opens a pair of UNIX sockets.
    public init() throws {
        var ends: [Int32] = [-1, -1]
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, flags, 0, &ends) == 0 else { throw SystemError(call: "socketpair") }
        first = ends[0]
        second = ends[1]
    }

    /// Closes both ends.
    public func close() {
        Glibc.close(first)
        Glibc.close(second)
    }
}

/// Two connected streams on one loop.
public struct StreamPair {
    /// One end.
    public let near: ByteStream
    /// The other end.
    public let far: ByteStream

    /// Opens a pair; `loop` must be the caller's.
    public init(on loop: EventLoop) throws {
        let sockets = try SocketPair()
        near = try ByteStream(descriptor: sockets.first, on: loop)
        far = try ByteStream(descriptor: sockets.second, on: loop)
    }

    /// Closes both ends.
    public func close() {
        near.close()
        far.close()
    }
}

extension ByteStream {
    /// Reads once, at most `limit` bytes.
    public func readOnce(atMost limit: Int = 65_536) throws -> (outcome: ReadOutcome, bytes: [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: limit)
        let outcome = try buffer.withUnsafeMutableBytes { try read(into: $0) }
        guard case .bytes(let count) = outcome else { return (outcome, []) }
        return (outcome, Array(buffer.prefix(count)))
    }

    /// Reads until the end of the stream.
    public func readToEnd() async throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let (outcome, bytes) = try readOnce()
            switch outcome {
            case .bytes: all += bytes
            case .endOfStream: return all
            case .wouldBlock: try await waitUntilReadable()
            }
        }
    }
}
