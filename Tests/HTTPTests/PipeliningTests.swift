import HTTP
import ParserProperties
import Testing

@Suite("Requests one after the other")
struct PipeliningTests {
    private static let requests = [
        "GET /a?b HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "\r\nPOST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;x=\"y\"\r\nabc\r\n1\r\nd\r\n0\r\nT: u\r\n\r\n",
        "HEAD http://b/d HTTP/1.1\r\nHost: a\r\nConnection: x\r\n\r\n",
        "OPTIONS * HTTP/1.0\r\n\r\n",
    ]

    @Test("arrive as the same requests in whatever pieces the network delivers", arguments: 0..<200)
    func randomPieces(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let order = (0..<8).map { _ in PipeliningTests.requests.randomElement(using: &generator) ?? "" }
        let stream = octets(order.joined())
        var connection = Connection()
        var position = 0
        while position < stream.count {
            let size = min(Int.random(in: 1...60, using: &generator), stream.count - position)
            connection.receive(stream[position..<position + size])
            position += size
        }
        var expected = Connection()
        for request in order { expected.receive(octets(request)[...]) }
        #expect(connection.log == expected.log)
        #expect(connection.log.count == order.count)
        #expect(connection.buffer.isEmpty)
    }

    @Test("leave nothing behind in the parser")
    func parserIsFresh() {
        var parser = RequestParser()
        let request = octets("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        for _ in 0..<3 {
            #expect(!parser.isInsideHead)
            _ = parse(Array(request[..<9]), with: &parser)
            #expect(parser.isInsideHead)
            guard case .complete(_, let consumed) = parse(request, with: &parser) else {
                Issue.record("not complete")
                return
            }
            #expect(consumed == request.count)
        }
    }

    @Test("come to an end at the first failure")
    func failureIsFinal() {
        var parser = RequestParser()
        guard case .failure(let first) = parse(octets("GET / HTTP/9.9\r\n"), with: &parser),
            case .failure(let second) = parse(octets("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), with: &parser)
        else {
            Issue.record("no failure")
            return
        }
        #expect(first == second)
    }
}

/// What a server does with parser and decoder, without a socket.
private struct Connection {
    private(set) var log: [String] = []
    private(set) var buffer: [UInt8] = []
    private var parser = RequestParser()
    private var current: RequestHead?
    private var decoder = ChunkedDecoder()
    private var body: [UInt8] = []

    mutating func receive(_ bytes: ArraySlice<UInt8>) {
        buffer += bytes
        while step() {}
    }

    private mutating func step() -> Bool {
        guard let head = current else { return readHead() }
        switch head.framing {
        case .none: return finish(head)
        case .length(let length):
            guard buffer.count >= length else { return false }
            body = Array(buffer[..<length])
            buffer.removeFirst(length)
            return finish(head)
        case .chunked:
            let received = buffer
            let consumed = received.withUnsafeBytes { bytes in
                do throws(RequestError) { return try decoder.decode(bytes, into: &body) } catch { return -1 }
            }
            guard consumed > 0 else { return false }
            buffer.removeFirst(consumed)
            return decoder.isComplete && finish(head)
        }
    }

    private mutating func readHead() -> Bool {
        guard case .complete(let head, let consumed) = parse(buffer, with: &parser) else { return false }
        buffer.removeFirst(consumed)
        current = head
        return true
    }

    private mutating func finish(_ head: RequestHead) -> Bool {
        log.append("\(summary(head, rest: 0).sorted()) \(String(decoding: body, as: UTF8.self))")
        current = nil
        decoder = ChunkedDecoder()
        body = []
        return true
    }
}
