import EventLoop
import Glibc

/// One connection as the server sees it.
public final class CannedPeer {
    private let stream: ByteStream
    private let descriptor: Int32
    private var buffered: [UInt8] = []

    init(_ descriptor: Int32, on loop: EventLoop) throws(SystemError) {
        self.descriptor = descriptor
        stream = try ByteStream(descriptor: descriptor, on: loop)
    }

    /// A request as it came.
    public struct Request: Sendable {
        /// Request line and fields, with the empty line.
        public let head: String
        /// The content.
        public let body: [UInt8]

        /// The target.
        public var path: String { String(head.split(separator: " ")[1]) }
    }

    /// The next request, or nil at the end of the connection.
    public func request() async throws -> Request? {
        var end = headEnd
        while end == nil {
            guard try await receive() else { return nil }
            end = headEnd
        }
        let head = String(decoding: buffered[..<(end ?? 0)], as: UTF8.self)
        buffered.removeFirst(end ?? 0)
        let lengthLine = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
        let length = lengthLine.flatMap { Int($0.dropFirst(16)) } ?? 0
        while buffered.count < length {
            guard try await receive() else { return nil }
        }
        defer { buffered.removeFirst(length) }
        return Request(head: head, body: Array(buffered.prefix(length)))
    }

    private var headEnd: Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard buffered.count >= mark.count else { return nil }
        let start = (0...(buffered.count - mark.count)).first { buffered[$0...].starts(with: mark) }
        return start.map { $0 + mark.count }
    }

    private func receive() async throws -> Bool {
        var piece = [UInt8](repeating: 0, count: 65536)
        while true {
            switch try piece.withUnsafeMutableBytes({ try stream.read(into: $0) }) {
            case .bytes(let count):
                buffered += piece[..<count]
                return true
            case .wouldBlock: try await stream.waitUntilReadable()
            case .endOfStream: return false
            }
        }
    }

    /// Sends `text` as UTF-8.
    public func write(_ text: String) async throws {
        try await stream.write(Array(text.utf8))
    }

    /// Sends `bytes`.
    public func write(_ bytes: [UInt8]) async throws {
        try await stream.write(bytes)
    }

    /// Waits for the client to go.
    public func waitForEnd() async throws {
        while try await receive() {}
    }

    /// Writes without waiting until the socket is full.
    public func fill(with bytes: [UInt8]) throws -> Int {
        try bytes.withUnsafeBytes { try stream.writeSome($0) }
    }

    /// Ends the connection in order.
    public func close() {
        stream.close()
    }

    /// Closes with a reset instead of an orderly end.
    public func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        stream.close()
    }
}
