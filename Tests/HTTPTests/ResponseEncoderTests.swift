import HTTP
import Testing

@Suite("The response encoder")
struct ResponseEncoderTests {
    private let date = DateField(HTTPDate(secondsSinceEpoch: 784_111_777))
    private let dateLine = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

    private func encode(
        _ status: Status, _ body: ResponseBody, fields: HeaderFields = HeaderFields(), method: Method = .get,
        version: Version = .http11, keepsAlive: Bool = true
    ) -> (text: String, transmission: BodyTransmission, keepsAlive: Bool) {
        var encoder = ResponseEncoder(method: method, version: version, keepsAlive: keepsAlive)
        var output: [UInt8] = []
        let head = ResponseHead(status, fields: fields)
        let transmission = encoder.encode(head, body: body, date: date, into: &output)
        return (String(decoding: output, as: UTF8.self), transmission, encoder.keepsAlive)
    }

    @Test("writes status, date, fields and length")
    func known() {
        let result = encode(.ok, .length(12), fields: ["Content-Type": "text/plain"])
        #expect(result.text == "HTTP/1.1 200 OK\r\n\(dateLine)Content-Type: text/plain\r\nContent-Length: 12\r\n\r\n")
        #expect(result.transmission == .plain)
        #expect(result.keepsAlive)
    }

    @Test("writes any length in decimal", arguments: [0, 9, 10, 99, 100, 4_194_304, Int.max])
    func lengths(length: Int) {
        #expect(encode(.ok, .length(length)).text.hasSuffix("\r\nContent-Length: \(length)\r\n\r\n"))
    }

    @Test("streams in chunks to HTTP/1.1")
    func stream() {
        let result = encode(.ok, .stream)
        #expect(result.text == "HTTP/1.1 200 OK\r\n\(dateLine)Transfer-Encoding: chunked\r\n\r\n")
        #expect(result.transmission == .chunked)
    }

    @Test("streams to HTTP/1.0 without chunks and closes")
    func streamTo10() {
        let result = encode(.ok, .stream, version: .http10)
        #expect(result.text == "HTTP/1.1 200 OK\r\n\(dateLine)Connection: close\r\n\r\n")
        #expect(result.transmission == .untilClose)
        #expect(!result.keepsAlive)
    }

    @Test("answers HEAD with the length of GET and no body")
    func head() {
        let result = encode(.ok, .length(12), method: .head)
        #expect(result.text.contains("Content-Length: 12\r\n"))
        #expect(result.transmission == .omitted)
    }

    @Test("answers HEAD for a stream to HTTP/1.0 and keeps the connection")
    func headStreamTo10() {
        let result = encode(.ok, .stream, method: .head, version: .http10)
        #expect(result.transmission == .omitted)
        #expect(result.keepsAlive)
    }

    @Test("gives no framing to a status without content", arguments: [100, 103, 204, 304])
    func noContent(code: Int) throws {
        let result = encode(try #require(Status(code: code)), .length(5))
        #expect(!result.text.contains("Content-Length"))
        #expect(result.transmission == .omitted)
        #expect(encode(try #require(Status(code: code)), .stream).text.contains("Transfer-Encoding") == false)
    }

    @Test(
        "names what becomes of the connection only where it is not the default",
        arguments: [
            (Version.http11, true, String?.none), (.http11, false, "close"), (.http10, true, "keep-alive"),
            (.http10, false, "close"),
        ])
    func connection(version: Version, keepsAlive: Bool, expected: String?) {
        let text = encode(.ok, .length(0), version: version, keepsAlive: keepsAlive).text
        #expect(text.contains("Connection: ") == (expected != nil))
        if let expected { #expect(text.contains("Connection: \(expected)\r\n")) }
    }

    @Test("closes when the request asked to")
    func followsRequest() throws {
        var parser = RequestParser()
        let bytes = octets("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        guard case .complete(let request, _) = parse(bytes, with: &parser) else {
            Issue.record("not complete")
            return
        }
        var encoder = ResponseEncoder(to: request)
        var output: [UInt8] = []
        #expect(encoder.encode(ResponseHead(.ok), body: .length(1), date: date, into: &output) == .omitted)
        #expect(!encoder.keepsAlive)
    }

    @Test("has the interim response ready")
    func interim() {
        #expect(ResponseEncoder.continueBytes == Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }

    @Test("writes a registered reason, or none")
    func reasons() throws {
        #expect(encode(.notFound, .length(0)).text.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
        #expect(encode(try #require(Status(code: 599)), .length(0)).text.hasPrefix("HTTP/1.1 599 \r\n"))
        #expect(Status(code: 99) == nil)
        #expect(Status(code: 600) == nil)
    }

    @Test("appends to what is in the buffer already")
    func appends() {
        var encoder = ResponseEncoder(keepsAlive: true)
        var output = Array("before".utf8)
        _ = encoder.encode(ResponseHead(.ok), body: .length(0), date: date, into: &output)
        #expect(String(decoding: output, as: UTF8.self).hasPrefix("beforeHTTP/1.1 200 OK\r\n"))
    }

    @Test("chunks that decode to what went in", arguments: [1, 9, 10, 15, 16, 17, 255, 256, 4_096, 70_000])
    func chunks(size: Int) {
        let piece = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        var output: [UInt8] = []
        ChunkEncoder.append(piece, to: &output)
        ChunkEncoder.append([UInt8](), to: &output)
        ChunkEncoder.append(piece[..<1], to: &output)
        output += ChunkEncoder.end
        let expected = (piece + piece[..<1]).map { String(UnicodeScalar($0)) }.joined()
        #expect(decode(output) == .accepted(["body=\(expected)", "rest=0"]))
    }
}
