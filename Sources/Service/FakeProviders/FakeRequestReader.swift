import EventLoop
import HTTP

/// Reads the requests of one connection, each with its whole body.
final class FakeRequestReader {
    private let stream: FakeStream
    private var parser: RequestParser
    private var buffer: [UInt8] = []
    private let limits: HTTPLimits

    /// What came.
    enum Incoming {
        case request(FakeRequest)
        case malformed(RequestError)
        case end
    }

    init(_ stream: FakeStream) {
        self.stream = stream
        var limits = HTTPLimits()
        limits.bodyBytes = 16 << 20 + 1
        self.limits = limits
        parser = RequestParser(limits: limits)
    }

    /// Waits for the next request.
    func next() async throws(StreamError) -> Incoming {
        while true {
            switch buffer.withUnsafeBytes({ parser.parse($0) }) {
            case .complete(let head, let consumed):
                buffer.removeFirst(consumed)
                return try await readBody(head)
            case .failure(let error): return .malformed(error)
            case .needsMore: guard try await receiveMore() else { return .end }
            }
        }
    }

    private func readBody(_ head: RequestHead) async throws(StreamError) -> Incoming {
        if head.expectsContinue { try await stream.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        switch head.framing {
        case .none: return .request(FakeRequest(head: head, body: []))
        case .length(let count):
            while buffer.count < count { guard try await receiveMore() else { return .end } }
            let body = Array(buffer.prefix(count))
            buffer.removeFirst(count)
            return .request(FakeRequest(head: head, body: body))
        case .chunked: return try await readChunks(head)
        }
    }

    private func readChunks(_ head: RequestHead) async throws(StreamError) -> Incoming {
        var decoder = ChunkedDecoder(limits: limits)
        var body: [UInt8] = []
        while true {
            switch decode(with: &decoder, into: &body) {
            case .success(let consumed): buffer.removeFirst(consumed)
            case .failure(let error): return .malformed(error)
            }
            if decoder.isComplete { return .request(FakeRequest(head: head, body: body)) }
            guard try await receiveMore() else { return .end }
        }
    }

    private func decode(with decoder: inout ChunkedDecoder, into body: inout [UInt8]) -> Result<Int, RequestError> {
        buffer.withUnsafeBytes { bytes in
            Result { () throws(RequestError) in try decoder.decode(bytes, into: &body) }
        }
    }

    /// False when the client has ended its side.
    private func receiveMore() async throws(StreamError) -> Bool {
        guard let bytes = try await stream.receive() else { return false }
        buffer += bytes
        return true
    }
}
