import Testing

@testable import HTTPLoad

@Suite("The end of an answer is found")
struct ResponseFramerTests {
    private let answer = "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 3\r\n\r\nok\n"

    @Test("an answer in one piece, and the next one on the same connection")
    func whole() {
        var framer = ResponseFramer()
        #expect(feed(answer, to: &framer) == .complete(status: 200, keepsAlive: true))
        #expect(feed(answer, to: &framer) == .complete(status: 200, keepsAlive: true))
    }

    @Test("an answer byte by byte")
    func bytewise() {
        var framer = ResponseFramer()
        let outcomes = answer.utf8.map { feed([$0], to: &framer) }
        #expect(outcomes.dropLast().allSatisfy { $0 == .incomplete })
        #expect(outcomes.last == .complete(status: 200, keepsAlive: true))
    }

    @Test("an answer in two pieces, wherever it is cut", arguments: 1..<52)
    func cut(at place: Int) {
        let answer = Array(answer.utf8)
        var framer = ResponseFramer()
        #expect(feed(answer[..<place], to: &framer) == .incomplete)
        #expect(feed(answer[place...], to: &framer) == .complete(status: 200, keepsAlive: true))
    }

    @Test("status and the wish to close are read, in whatever letters the names are written")
    func fields() {
        var framer = ResponseFramer()
        let answer = "HTTP/1.1 503 Busy\r\ncontent-length:0\r\nCONNECTION: close\r\n\r\n"
        #expect(feed(answer, to: &framer) == .complete(status: 503, keepsAlive: false))
    }

    private let stream =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1A\r\n"
        + "abcdefghijklmnopqrstuvwxyz\r\n0\r\nX-End: 1\r\n\r\n"

    @Test("an answer in chunks, wherever it is cut, and the next one on the same connection")
    func chunks() {
        let stream = Array(stream.utf8)
        var framer = ResponseFramer()
        for place in 1..<stream.count {
            #expect(feed(stream[..<place], to: &framer) == .incomplete)
            #expect(feed(stream[place...], to: &framer) == .complete(status: 200, keepsAlive: true))
        }
        #expect(feed(answer, to: &framer) == .complete(status: 200, keepsAlive: true))
    }

    @Test(
        "chunks that are none are told apart",
        arguments: ["\r\n", "x\r\n", "5 \r\nhello\r\n", "1\r\nab\r\n", "0\r\n\r\nx", "FFFFFFFFFFFF\r\n"])
    func malformedChunks(text: String) {
        var framer = ResponseFramer()
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(feed(head + text, to: &framer) == .malformed)
    }

    @Test(
        "what is no answer of the expected kind is told apart",
        arguments: [
            "HTTP/2 200\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 3x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab",
        ])
    func malformed(text: String) {
        var framer = ResponseFramer()
        #expect(feed(text, to: &framer) == .malformed)
    }

    private func feed(_ text: String, to framer: inout ResponseFramer) -> ResponseFramer.Outcome {
        feed(Array(text.utf8)[...], to: &framer)
    }

    private func feed(_ bytes: ArraySlice<UInt8>, to framer: inout ResponseFramer) -> ResponseFramer.Outcome {
        bytes.withUnsafeBytes { framer.consume($0) }
    }
}
