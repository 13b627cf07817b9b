public import EventLoop

/// A client's connection that sends exactly the bytes it is told to, and tells exactly what comes back. Confined to
/// its loop.
public final class RawHTTPConnection {
    private let stream: ByteStream
    private var received: [UInt8] = []
    private let patience = Duration.seconds(10)

    /// Connects to a server. `loop` must be the caller's.
    public init(to address: SocketAddress, on loop: EventLoop) async throws {
        stream = try await ByteStream.connect(to: address, on: loop, deadline: .now + .seconds(10))
        stream.disableNagle()
    }

    /// Ends the connection.
    public func close() {
        stream.close()
    }

    // MARK: Sending

    /// Sends text as it is.
    public func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// Sends bytes as they are.
    public func send(_ bytes: [UInt8]) async throws {
        try await stream.write(bytes, stall: patience)
    }

    /// Sends a request with `Host` and, when there is content, its length.
    public func request(
        _ method: String, _ target: String, _ fields: [String] = [], body: String? = nil
    ) async throws {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: test"] + fields
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        try await send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    }

    /// Ends our direction; answers can still be read.
    public func endWriting() {
        stream.endWriting()
    }

    // MARK: Receiving

    /// Reads one answer; interim ones count. `toHead`: the answer is one to HEAD.
    public func receive(toHead isToHead: Bool = false) async throws -> RawHTTPResponse {
        var end = endOfHead()
        while end == nil {
            guard try await receiveMore() else { throw RawHTTPError.cutOff(takeText(received.count)) }
            end = endOfHead()
        }
        let head = takeText(end ?? 0)
        let unframed = try RawHTTPResponse(head: head, body: [])
        let hasNone = isToHead || unframed.status < 200 || unframed.status == 204 || unframed.status == 304
        return try await RawHTTPResponse(head: head, body: hasNone ? [] : receiveBody(unframed))
    }

    /// Reads the head of one answer and leaves its content.
    public func receiveHead() async throws -> RawHTTPResponse {
        try await receive(toHead: true)
    }

    /// Sends a request and reads its answer.
    public func exchange(
        _ method: String, _ target: String, _ fields: [String] = [], body: String? = nil
    ) async throws -> RawHTTPResponse {
        try await request(method, target, fields, body: body)
        return try await receive(toHead: method == "HEAD")
    }

    /// Waits for bytes and takes what one read gives, without making anything of it.
    public func receiveOnce() async throws -> String {
        if received.isEmpty { _ = try await receiveMore() }
        return takeText(received.count)
    }

    /// Waits for the end of the connection and gives what came before it.
    public func receiveToEnd() async throws -> String {
        while try await receiveMore() {}
        return takeText(received.count)
    }

    /// Whether nothing comes for that long, not even the end.
    public func isSilent(for duration: Duration) async -> Bool {
        guard received.isEmpty else { return false }
        do {
            while try read() == .wouldBlock {
                try await stream.waitUntilReadable(deadline: .now + duration)
            }
            return false
        } catch {
            return error as? StreamError == .timedOut
        }
    }

    private func receiveBody(_ head: RawHTTPResponse) async throws -> [UInt8] {
        if head["transfer-encoding"] == "chunked" { return try await receiveChunks() }
        guard let text = head["content-length"] else { return Array(try await receiveToEnd().utf8) }
        guard let length = Int(text) else { throw RawHTTPError.malformed(text) }
        return try await receive(count: length)
    }

    private func receiveChunks() async throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let chunk = try await receiveChunk()
            if chunk.isEmpty { return body }
            body += chunk
        }
    }

    /// Reads one chunk of a chunked content, without waiting for the next one; the last one is empty.
    public func receiveChunk() async throws -> [UInt8] {
        var line: [UInt8] = []
        while line.last != 10 { line += try await receive(count: 1) }
        let digits = String(decoding: line.dropLast(2), as: UTF8.self)
        guard let size = Int(digits, radix: 16) else { throw RawHTTPError.malformed(digits) }
        return Array(try await receive(count: size + 2).prefix(size))
    }

    private func receive(count: Int) async throws -> [UInt8] {
        while received.count < count {
            guard try await receiveMore() else { throw RawHTTPError.cutOff(takeText(received.count)) }
        }
        let bytes = Array(received.prefix(count))
        received.removeFirst(count)
        return bytes
    }

    /// False at the end of the stream.
    private func receiveMore() async throws -> Bool {
        while true {
            switch try read() {
            case .bytes: return true
            case .endOfStream: return false
            case .wouldBlock: try await stream.waitUntilReadable(deadline: .now + patience)
            }
        }
    }

    private func read() throws -> ByteStream.ReadOutcome {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let outcome = try piece.withUnsafeMutableBytes { try stream.read(into: $0) }
        if case .bytes(let count) = outcome { received += piece.prefix(count) }
        return outcome
    }

    private func endOfHead() -> Int? {
        var matched = 0
        let pattern: [UInt8] = [13, 10, 13, 10]
        for (index, byte) in received.enumerated() {
            matched = byte == pattern[matched] ? matched + 1 : (byte == 13 ? 1 : 0)
            if matched == 4 { return index + 1 }
        }
        return nil
    }

    private func takeText(_ count: Int) -> String {
        let text = String(decoding: received.prefix(count), as: UTF8.self)
        received.removeFirst(count)
        return text
    }
}
