import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: the end", .timeLimit(.minutes(10)))
struct DrainTests {
    private static func isRefused(_ test: TestServer) async throws -> Bool {
        do throws(SystemError) {
            try await ByteStream.connect(to: test.server.address, on: test.loop).close()
            return false
        } catch {
            return true
        }
    }

    @Test("a server without connections ends at once, for new clients too")
    func empty() async throws {
        try await TestServer.with(loops: 2, handler: echo) { test in
            test.server.drain()
            let hasEnded = try await test.ends()
            #expect(hasEnded)
            #expect(try await Self.isRefused(test))
        }
    }

    @Test("a server can be told to end before it runs")
    func beforeRun() async throws {
        try await onLoops(1) { group in
            let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
            let server = try await HTTPServer.bind(on: group, ServerConfiguration(address: address), handler: echo)
            server.drain()
            await server.run()
            #expect(await server.connectionCount() == 0)
        }
    }

    @Test("idle connections end when the grace time is over, without a word")
    func idle() async throws {
        try await TestServer.with({ $0.drainGrace = .milliseconds(30) }, handler: echo) { test in
            let (used, fresh) = (try await test.connect(), try await test.connect())
            _ = try await used.exchange("GET", "/")
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 2 })
            let start = MonotonicTime.now
            test.server.drain()
            #expect(try await used.receiveToEnd().isEmpty)
            #expect(try await fresh.receiveToEnd().isEmpty)
            #expect(MonotonicTime.now - start >= .milliseconds(30))
            #expect(try await test.ends())
        }
    }

    @Test("a request in flight gets its full answer, which says that it is the last")
    func inFlight() async throws {
        let gate = Gate()
        try await TestServer.with(handler: echo(after: gate, at: "/held")) { test in
            let client = try await test.connect()
            try await client.request("GET", "/held")
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 1 })
            test.server.drain()
            #expect(try await eventually(on: test.loop) { try await Self.isRefused(test) })
            gate.open()
            let answer = try await client.receive()
            #expect(answer.text == "GET /held ")
            #expect(answer["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
            client.close()
            #expect(try await test.ends())
        }
    }

    @Test("a request that was on its way to an idle connection is served")
    func onItsWay() async throws {
        try await TestServer.with({ $0.drainGrace = .seconds(5) }, handler: echo) { test in
            let (used, fresh) = (try await test.connect(), try await test.connect())
            _ = try await used.exchange("GET", "/")
            test.server.drain()
            #expect(try await eventually(on: test.loop) { try await Self.isRefused(test) })
            for client in [used, fresh] {
                let answer = try await client.exchange("POST", "/late", body: "x")
                #expect(answer.text == "POST /late x")
                #expect(answer["connection"] == "close")
                client.close()
            }
            #expect(try await test.ends(within: .seconds(4)))
        }
    }

    @Test("a request that lies in the socket when the grace time ends is served")
    func arrivedUnseen() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            _ = try await client.exchange("GET", "/")
            // In one turn of the loop, so that the server sees the drain before it sees the bytes.
            test.server.drain()
            try await client.request("GET", "/late")
            #expect(try await client.receive().text == "GET /late ")
        }
    }

    @Test("a client that connected before the end and was not let in yet is served")
    func notLetInYet() async throws {
        try await TestServer.with({ $0.drainGrace = .seconds(5) }, handler: echo) { test in
            let client = try await test.connect()
            test.server.drain()
            #expect(try await client.exchange("GET", "/").text == "GET / ")
        }
    }

    @Test("a client that is let in when the grace time is over and says nothing does not hold up the end")
    func silentLast() async throws {
        try await onLoops(1) { group in
            let loop = group.loops[0]
            var configuration = ServerConfiguration(address: try #require(SocketAddress(host: "127.0.0.1", port: 0)))
            configuration.drainGrace = .zero
            let server = try await HTTPServer.bind(on: group, configuration, handler: echo)
            let client = try await RawHTTPConnection(to: server.address, on: loop)
            server.drain()
            try await loop.sleep(for: .milliseconds(5))
            let running = loop.spawn { await server.run() }
            #expect(try await client.receiveToEnd().isEmpty)
            client.close()
            try await running.value
        }
    }

    @Test("a request of which a part has come is waited for")
    func partialHead() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            _ = try await client.exchange("GET", "/")
            try await client.send("GET /part HT")
            try await test.loop.sleep(for: .milliseconds(5))
            test.server.drain()
            try await test.loop.sleep(for: .milliseconds(10))
            try await client.send("TP/1.1\r\nHost: t\r\n\r\n")
            #expect(try await client.receive().text == "GET /part ")
        }
    }

    @Test("a body that is on its way is waited for")
    func partialBody() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.request("POST", "/", ["Content-Length: 4"])
            try await client.send("ab")
            try await test.loop.sleep(for: .milliseconds(5))
            test.server.drain()
            try await test.loop.sleep(for: .milliseconds(10))
            try await client.send("cd")
            let answer = try await client.receive()
            #expect(answer.text == "POST / abcd")
            #expect(answer["connection"] == "close")
        }
    }

    @Test("an answer that a slow client is still reading is not cut off")
    func slowReader() async throws {
        let large = [UInt8](repeating: 0x78, count: 16 << 20)
        try await TestServer.with(handler: { _ in Response(.ok, contentType: "text/plain", body: large) }) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(try await client.receiveOnce().hasPrefix("HTTP/1.1 200"))
            test.server.drain()
            try await test.loop.sleep(for: .milliseconds(20))
            #expect(try await client.receiveToEnd().utf8.count > 15 << 20)
        }
    }

    @Test("a cancelled server cuts its connections off")
    func cancelled() async throws {
        let gate = Gate()
        try await TestServer.with({ $0.drainGrace = .seconds(60) }, handler: echo(after: gate, at: "/held")) { test in
            let (idle, busy) = (try await test.connect(), try await test.connect())
            _ = try await idle.exchange("GET", "/")
            try await busy.request("GET", "/held")
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 2 })
            test.cancel()
            #expect(try await idle.receiveToEnd().isEmpty)
            gate.open()
            #expect(try await test.ends())
        }
    }
}
