import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: limits", .timeLimit(.minutes(10)))
struct LimitTests {
    @Test("a body announced too large is refused before it is sent")
    func announced() async throws {
        try await TestServer.with({ $0.limits.bodyBytes = 10 }, handler: echo) { test in
            let client = try await test.connect()
            let answer = try await client.exchange("POST", "/", ["Content-Length: 11"])
            #expect(answer.status == 413)
            #expect(answer.text == "body-too-large")
            #expect(answer["connection"] == "close")
            client.endWriting()
            #expect(try await client.receiveToEnd().isEmpty)
            #expect(try await test.exchange("POST", "/", body: "0123456789").status == 200)
        }
    }

    @Test("a client that asks for leave to send too much gets none")
    func announcedAndExpected() async throws {
        try await TestServer.with({ $0.limits.bodyBytes = 10 }, handler: echo) { test in
            let answer = try await test.exchange("POST", "/", ["Content-Length: 11", "Expect: 100-continue"])
            #expect(answer.status == 413)
        }
    }

    @Test("a chunked body is refused when it grows too large")
    func streamed() async throws {
        try await TestServer.with({ $0.limits.bodyBytes = 10 }, handler: echo) { test in
            let client = try await test.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n")
            #expect(await client.isSilent(for: .milliseconds(5)))
            try await client.send("3\r\n890\r\n")
            let answer = try await client.receive()
            #expect(answer.status == 413)
            #expect(answer["connection"] == "close")
        }
    }

    @Test(
        "what is no request gets its status and the end",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", 400), ("GET  / HTTP/1.1\r\nHost: t\r\n\r\n", 400), ("\u{16}\u{3}\u{1}", 400),
            ("GET / HTTP/2.0\r\nHost: t\r\n\r\n", 505), ("GET / HTTP/1.1\r\nHost: t\r\nBad : x\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("GET /" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\nHost: t\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: t\r\nX: " + String(repeating: "a", count: 40_000) + "\r\n\r\n", 431),
        ])
    func malformed(bytes: String, status: Int) async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.send(bytes)
            let answer = try await client.receive()
            #expect(answer.status == status)
            #expect(answer["connection"] == "close")
            #expect(answer["date"] != nil)
            client.endWriting()
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test("good requests before a bad one are answered first")
    func malformedSuccessor() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.send("GET /1 HTTP/1.1\r\nHost: t\r\n\r\nnonsense\r\n\r\n")
            #expect(try await client.receive().text == "GET /1 ")
            #expect(try await client.receive().status == 400)
        }
    }

    @Test("a connection too many is told so, and one that ends makes room")
    func connections() async throws {
        try await TestServer.with(
            {
                $0.maximumConnections = 2; $0.reservedConnections = 0
            }, handler: echo
        ) { test in
            let (first, second) = (try await test.connect(), try await test.connect())
            _ = try await first.exchange("GET", "/")
            _ = try await second.exchange("GET", "/")
            let refused = try await test.connect().receive()
            #expect(refused.status == 503)
            #expect(refused["retry-after"] == "1")
            #expect(refused["connection"] == "close")
            #expect(refused["date"] != nil)
            first.close()
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 1 })
            #expect(try await test.exchange("GET", "/").status == 200)
        }
    }

    @Test("a burst of connections does not slip past the limit")
    func burst() async throws {
        try await TestServer.with(
            {
                $0.maximumConnections = 3; $0.reservedConnections = 0
            }, handler: echo
        ) { test in
            let address = test.server.address
            let most = Lock(0)
            let loop = test.loop
            let clients = await withTaskGroup(of: LoopBound<RawHTTPConnection>?.self) { group in
                for _ in 0..<20 {
                    group.addTask(executorPreference: loop) {
                        // tidy: allow try? — a connection that is refused early enough is no client
                        guard let client = try? await RawHTTPConnection(to: address, on: loop) else { return nil }
                        return LoopBound(client, to: loop)
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for _ in 0..<5 {
                let count = await test.server.connectionCount()
                most.withLock { $0 = max($0, count) }
                try await loop.sleep(for: .milliseconds(1))
            }
            for client in clients { client?.value.close() }
            #expect(most.withLock { $0 } == 3)
        }
    }
}
