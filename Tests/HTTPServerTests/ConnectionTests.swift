import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: connections", .timeLimit(.minutes(10)))
struct ConnectionTests {
    @Test("one connection carries many requests")
    func keepAlive() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            for number in 0..<3 {
                let answer = try await client.exchange("POST", "/\(number)", body: "x\(number)")
                #expect(answer.statusLine == "HTTP/1.1 200 OK")
                #expect(answer.text == "POST /\(number) x\(number)")
                #expect(answer["connection"] == nil)
                #expect(answer["date"]?.hasSuffix(" GMT") == true)
            }
            #expect(await test.server.connectionCount() == 1)
        }
    }

    @Test("pipelined requests are answered in order and together")
    func pipelining() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.send(
                "GET /1 HTTP/1.1\r\nHost: t\r\n\r\nPOST /2 HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nab"
                    + "GET /3 HTTP/1.1\r\nHost: t\r\n\r\n")
            let text = try await client.receiveOnce()
            let places = ["GET /1 ", "POST /2 ab", "GET /3 "].compactMap { text.firstRange(of: $0)?.lowerBound }
            #expect(places.count == 3)
            #expect(places == places.sorted())
        }
    }

    @Test("a thousand pipelined requests get a thousand answers in order")
    func deepPipeline() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.send((0..<1000).map { "GET /\($0) HTTP/1.1\r\nHost: t\r\n\r\n" }.joined())
            for number in 0..<1000 {
                #expect(try await client.receive().text == "GET /\(number) ")
            }
        }
    }

    @Test("a client that sends many requests at once does not keep the loop's other tasks waiting for all of them")
    func fairness() async throws {
        let answered = Lock(0)
        let answeredBefore = Lock<Int?>(nil)
        let handler: RequestHandler = { request in
            let count = answered.withLock { count in
                count += 1
                return count
            }
            if count == 1 {
                request.loop.spawn { answeredBefore.withLock { $0 = answered.withLock { $0 } } }
            }
            return Response(.ok)
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.send(String(repeating: "GET / HTTP/1.1\r\nHost: t\r\n\r\n", count: 300))
            for _ in 0..<300 { #expect(try await client.receive().status == 200) }
            #expect(try #require(answeredBefore.withLock { $0 }) < 300)
        }
    }

    @Test("an answer does not wait for the handler of the next request")
    func slowSuccessor() async throws {
        let gate = Gate()
        try await TestServer.with(handler: echo(after: gate, at: "/slow")) { test in
            let client = try await test.connect()
            try await client.send("GET /fast HTTP/1.1\r\nHost: t\r\n\r\nGET /slow HTTP/1.1\r\nHost: t\r\n\r\n")
            #expect(try await client.receive().text == "GET /fast ")
            #expect(await client.isSilent(for: .milliseconds(5)))
            gate.open()
            #expect(try await client.receive().text == "GET /slow ")
        }
    }

    @Test("a client that ends its side still gets its answer")
    func halfClosed() async throws {
        let gate = Gate()
        try await TestServer.with(handler: echo(after: gate)) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            client.endWriting()
            gate.open()
            #expect(try await client.receive().text == "GET / ")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test(
        "the connection ends when version or client say so",
        arguments: [
            ("HTTP/1.0", "", true), ("HTTP/1.0", "Connection: keep-alive\r\n", false), ("HTTP/1.1", "", false),
            ("HTTP/1.1", "Connection: close\r\n", true), ("HTTP/1.1", "Connection: foo, Close\r\n", true),
        ])
    func persistence(version: String, field: String, ends: Bool) async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.send("GET / \(version)\r\nHost: t\r\n\(field)\r\n")
            let answer = try await client.receive()
            #expect(answer.text == "GET / ")
            if ends {
                #expect(answer["connection"] == "close")
                #expect(try await client.receiveToEnd().isEmpty)
            } else {
                #expect(answer["connection"] == (version == "HTTP/1.0" ? "keep-alive" : nil))
                #expect(try await client.exchange("GET", "/again").text == "GET /again ")
            }
        }
    }

    @Test("HEAD announces the content and does not send it")
    func head() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            let answer = try await client.exchange("HEAD", "/x")
            #expect(answer["content-length"] == "8")
            #expect(try await client.exchange("GET", "/y").text == "GET /y ")
        }
    }

    @Test("the last request a connection may carry is answered with the end, and those behind it are not served")
    func maximumRequests() async throws {
        try await TestServer.with({ $0.maximumRequestsPerConnection = 2 }, handler: echo) { test in
            let client = try await test.connect()
            try await client.send((1...3).map { "GET /\($0) HTTP/1.1\r\nHost: t\r\n\r\n" }.joined())
            #expect(try await client.receive()["connection"] == nil)
            let last = try await client.receive()
            #expect(last.text == "GET /2 ")
            #expect(last["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test(
        "a client that goes away leaves nothing behind",
        arguments: ["", "GET / HT", "GET / HTTP/1.1\r\nHost: t\r\n\r\n"])
    func leaving(sent: String) async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.send(sent)
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 1 })
            client.close()
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 0 })
        }
    }

    @Test("all loops serve one address")
    func twoLoops() async throws {
        let handler: RequestHandler = { request in Response(.ok, text: request.loop.name) }
        try await TestServer.with(loops: 2, handler: handler) { test in
            var names: Set<String> = []
            // The kernel spreads connections by a hash: the odds against both loops are 2^-127.
            for _ in 0..<128 where names.count < 2 {
                names.insert(try await test.exchange("GET", "/").text)
            }
            #expect(names == ["test-0", "test-1"])
        }
    }

    @Test("a second server cannot take the address of the first")
    func addressInUse() async throws {
        try await TestServer.with(handler: echo) { test in
            let group = try EventLoopGroup(count: 1, namePrefix: "second")
            let configuration = ServerConfiguration(address: test.server.address)
            await #expect(throws: SystemError.self) {
                try await HTTPServer.bind(on: group, configuration, handler: echo)
            }
            group.shutdown()
        }
    }
}
