import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: request bodies", .timeLimit(.minutes(10)))
struct BodyTests {
    private static let requests = [
        "POST /a HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello",
        "POST /b HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nA: b\r\n\r\n",
    ]

    @Test("a request means the same however its bytes are cut in two", arguments: requests)
    func cut(request: String) async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            let bytes = Array(request.utf8)
            for place in 1..<bytes.count {
                try await client.send(Array(bytes[..<place]))
                try await test.loop.sleep(for: .zero)
                try await client.send(Array(bytes[place...]))
                let answer = try await client.receive()
                #expect(answer.text.hasSuffix(" hello"), "cut at \(place): \(answer.text)")
            }
        }
    }

    @Test("a request may drip in byte by byte", arguments: requests)
    func drip(request: String) async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            for byte in request.utf8 {
                try await client.send([byte])
                await Task.yield()
            }
            #expect(try await client.receive().text.hasSuffix(" hello"))
        }
    }

    @Test("a body of some megabytes arrives whole", arguments: [true, false])
    func large(isChunked: Bool) async throws {
        let content = patternedBytes(2 << 20)
        let handler: RequestHandler = { request in
            do throws(BodyError) {
                let received = try await request.body.collect()
                return Response(.ok, text: "\(received.count) \(received == content)")
            } catch {
                return Response(.badRequest, text: "\(error)")
            }
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(content.count)"
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\n\(framing)\r\n\r\n")
            if isChunked { try await client.send("200000\r\n") }
            try await client.send(content)
            if isChunked { try await client.send("\r\n0\r\n\r\n") }
            #expect(try await client.receive().text == "\(content.count) true")
        }
    }

    @Test("the client is told to continue when the handler reads, and not before")
    func expectContinue() async throws {
        let gate = Gate()
        try await TestServer.with(handler: echo(after: gate)) { test in
            let client = try await test.connect()
            try await client.request("POST", "/", ["Expect: 100-continue", "Content-Length: 2"])
            #expect(await client.isSilent(for: .milliseconds(5)))
            gate.open()
            #expect(try await client.receive().statusLine == "HTTP/1.1 100 Continue")
            try await client.send("ok")
            #expect(try await client.receive().text == "POST / ok")
            #expect(try await client.exchange("GET", "/next").text == "GET /next ")
        }
    }

    @Test("a client that does not wait for leave gets none")
    func continueNotNeeded() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            let answer = try await client.exchange("POST", "/", ["Expect: 100-continue"], body: "ok")
            #expect(answer.text == "POST / ok")
        }
    }

    @Test("leave to continue comes after the answers to earlier requests")
    func continueInOrder() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.send(
                "GET /1 HTTP/1.1\r\nHost: t\r\n\r\n"
                    + "POST /2 HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.receive().text == "GET /1 ")
            #expect(try await client.receive().status == 100)
            try await client.send("ok")
            #expect(try await client.receive().text == "POST /2 ok")
        }
    }

    @Test("a handler that does not read sends nobody ahead, and the connection ends")
    func continueRefused() async throws {
        try await TestServer.with(handler: ignore) { test in
            let client = try await test.connect()
            let answer = try await client.exchange("POST", "/", ["Expect: 100-continue", "Content-Length: 2"])
            #expect(answer.text == "ignored")
            #expect(answer["connection"] == "close")
            client.endWriting()
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test("other expectations are refused")
    func unknownExpectation() async throws {
        try await TestServer.with(handler: echo) { test in
            let answer = try await test.exchange("GET", "/", ["Expect: a-miracle"])
            #expect(answer.status == 417)
        }
    }

    @Test("a small unread body is skipped and the next request is served", arguments: [true, false])
    func unreadSmall(isChunked: Bool) async throws {
        try await TestServer.with(handler: ignore) { test in
            let client = try await test.connect()
            for _ in 0..<2 {
                if isChunked {
                    try await client.send(
                        "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                } else {
                    try await client.request("POST", "/", body: "GET /trap HTTP/1.1\r\nHost: t\r\n\r\n")
                }
                let answer = try await client.receive()
                #expect(answer.text == "ignored")
                #expect(answer["connection"] == nil)
            }
            #expect(await client.isSilent(for: .milliseconds(5)))
        }
    }

    @Test("an answer that needs no content does not wait for it")
    func unreadLate() async throws {
        try await TestServer.with(handler: ignore) { test in
            let client = try await test.connect()
            try await client.request("POST", "/", ["Content-Length: 1000"])
            let answer = try await client.receive()
            #expect(answer.text == "ignored")
            #expect(answer["connection"] == nil)
            try await client.send(String(repeating: "x", count: 1000))
            #expect(try await client.exchange("GET", "/next").text == "ignored")
        }
    }

    @Test("a large unread body ends the connection, after the answer has been read", arguments: [true, false])
    func unreadLarge(isChunked: Bool) async throws {
        try await TestServer.with(handler: ignore) { test in
            let client = try await test.connect()
            let size = 1 << 20
            let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(size)"
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\n\(framing)\r\n\r\n")
            if isChunked { try await client.send("100000\r\n") }
            try await client.send([UInt8](repeating: 0x78, count: size))
            let answer = try await client.receive()
            #expect(answer.text == "ignored")
            #expect(answer["connection"] == "close")
            client.endWriting()
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test("the rest of a body that breaks the rules is not taken for a request")
    func malformedChunk() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.send(
                "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
                    + "GET /trap HTTP/1.1\r\nHost: t\r\n\r\n")
            let answer = try await client.receive()
            #expect(answer.status == 400)
            #expect(answer.text == "invalid-chunk-size")
            #expect(answer["connection"] == "close")
            client.endWriting()
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }
}
