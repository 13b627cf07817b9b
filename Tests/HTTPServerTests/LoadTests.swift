import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: load", .timeLimit(.minutes(10)))
struct LoadTests {
    private static let isEssential: @Sendable (RequestHead) -> Bool = { $0.hasPath("/livez") }

    @Test("a full server still answers what is essential, once a connection, and turns others away")
    func reserve() async throws {
        let configure: @Sendable (inout ServerConfiguration) -> Void = {
            $0.maximumConnections = 1
            $0.isEssential = Self.isEssential
        }
        try await TestServer.with(configure, handler: echo) { test in
            let first = try await test.connect()
            _ = try await first.exchange("GET", "/")
            let alive = try await test.exchange("GET", "/livez")
            #expect(alive.text == "GET /livez ")
            #expect(alive["connection"] == "close")
            let refused = try await test.exchange("POST", "/other", body: "x")
            #expect(refused.status == 503)
            #expect(refused["retry-after"] == "1")
            #expect(refused["connection"] == "close")
            #expect(try await first.exchange("GET", "/").status == 200)
        }
    }

    @Test("a silent connection does not keep its place in the reserve for long")
    func silentReserve() async throws {
        let configure: @Sendable (inout ServerConfiguration) -> Void = {
            $0.maximumConnections = 1
            $0.reservedConnections = 1
            $0.isEssential = Self.isEssential
        }
        try await TestServer.with(configure, handler: echo) { test in
            let first = try await test.connect()
            _ = try await first.exchange("GET", "/")
            let silent = try await test.connect()
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 2 })
            #expect(try await test.exchange("GET", "/livez").status == 503)
            #expect(try await silent.receiveToEnd().isEmpty)
            #expect(try await test.exchange("GET", "/livez").status == 200)
        }
    }

    @Test("one client cannot take all connections; what it closes it may open again")
    func perClient() async throws {
        let configure: @Sendable (inout ServerConfiguration) -> Void = {
            $0.maximumConnectionsPerClient = 2
            $0.reservedConnections = 0
        }
        try await TestServer.with(loops: 2, configure, handler: echo) { test in
            let (first, second) = (try await test.connect(), try await test.connect())
            _ = try await first.exchange("GET", "/")
            _ = try await second.exchange("GET", "/")
            #expect(try await test.connect().receive().status == 503)
            second.close()
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 1 })
            #expect(try await test.exchange("GET", "/").status == 200)
        }
    }

    @Test("requests beyond the bound are turned away at once, essential ones are answered")
    func shedding() async throws {
        let gate = Gate()
        let shedding = LoadShedding(limit: 2, isEssential: Self.isEssential) { _ in Response(.serviceUnavailable) }
        try await TestServer.with(loops: 2, handler: behind(shedding, echo(after: gate, at: "/held"))) { test in
            let held = [try await test.connect(), try await test.connect()]
            for client in held { try await client.request("GET", "/held") }
            #expect(try await eventually(on: test.loop) { shedding.requestsInFlight == 2 })
            let client = try await test.connect()
            #expect(try await client.exchange("GET", "/").status == 503)
            #expect(try await client.exchange("GET", "/livez").status == 200)
            gate.open()
            for client in held { #expect(try await client.receive().text == "GET /held ") }
            #expect(try await client.exchange("GET", "/").status == 200)
            #expect(shedding.requestsInFlight == 0)
        }
    }

    @Test("a stream counts as long as it runs, and one that is never made does not count")
    func sheddingStreams() async throws {
        let gate = Gate()
        let shedding = LoadShedding(limit: 1, isEssential: Self.isEssential) { _ in Response(.serviceUnavailable) }
        let handler: RequestHandler = { _ in
            Response(.ok, contentType: "text/plain", body: .stream { _ in await gate.wait() })
        }
        try await TestServer.with(handler: behind(shedding, handler)) { test in
            #expect(try await test.exchange("HEAD", "/").status == 200)
            #expect(shedding.requestsInFlight == 0)
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(try await client.receiveHead().status == 200)
            #expect(try await test.exchange("GET", "/").status == 503)
            gate.open()
            #expect(try await client.receiveChunk().isEmpty)
            #expect(try await eventually(on: test.loop) { shedding.requestsInFlight == 0 })
        }
    }

    /// Reads the content; under `/held` it stays in use until `gate` opens, under `/released` only the request goes on.
    private static func reading(_ gate: Gate) -> RequestHandler {
        { request in
            do throws(BodyError) {
                let count = try await request.body.collect().count
                if request.head.path == "/released" { request.body.release() }
                if request.head.path != "/" { await gate.wait() }
                return Response(.ok, text: "\(count)")
            } catch {
                guard case .refused(let error) = error else { return Response(.badRequest) }
                return Response(error.status, text: error.rule)
            }
        }
    }

    /// A client that has sent a head and, a moment later, a content.
    private static func sending(
        _ path: String, _ test: TestServer, count: Int = 10
    ) async throws -> RawHTTPConnection {
        let client = try await test.connect()
        try await client.request("POST", path, ["Content-Length: \(count)"])
        #expect(await client.isSilent(for: .milliseconds(10)))
        try await client.send(String(repeating: "x", count: count))
        return client
    }

    @Test("contents on their way have a common bound, which one may exceed; the next is read when there is room again")
    func requestMemory() async throws {
        let gate = Gate()
        let configure: @Sendable (inout ServerConfiguration) -> Void = { $0.requestMemory = 100_000 }
        try await TestServer.with(configure, handler: Self.reading(gate)) { test in
            let held = try await Self.sending("/held", test, count: 130_000)
            #expect(await held.isSilent(for: .milliseconds(50)))
            let next = try await Self.sending("/", test)
            #expect(await next.isSilent(for: .milliseconds(50)))
            #expect(try await test.exchange("POST", "/", body: "with the head").text == "13")
            gate.open()
            #expect(try await held.receive().text == "130000")
            #expect(try await next.receive().text == "10")
            #expect(try await Self.sending("/", test).receive().text == "10")
        }
    }

    @Test("a content for which there is no room in time is refused")
    func noRequestMemory() async throws {
        let gate = Gate()
        let configure: @Sendable (inout ServerConfiguration) -> Void = {
            $0.requestMemory = 100_000
            $0.bodyTimeout = .milliseconds(300)
        }
        try await TestServer.with(configure, handler: Self.reading(gate)) { test in
            let held = try await Self.sending("/held", test, count: 130_000)
            #expect(await held.isSilent(for: .milliseconds(50)))
            let answer = try await Self.sending("/", test).receive()
            #expect(answer.status == 503)
            #expect(answer.text == "request-memory")
            gate.open()
            #expect(try await held.receive().text == "130000")
        }
    }

    @Test("a small content counts as what it is once it has come")
    func smallContents() async throws {
        let gate = Gate()
        let configure: @Sendable (inout ServerConfiguration) -> Void = { $0.requestMemory = 100_000 }
        try await TestServer.with(configure, handler: Self.reading(gate)) { test in
            var held: [RawHTTPConnection] = []
            for _ in 0..<10 { held.append(try await Self.sending("/held", test)) }
            #expect(try await Self.sending("/", test).receive().text == "10")
            gate.open()
            for client in held { #expect(try await client.receive().text == "10") }
        }
    }

    @Test("small contents that are announced and do not come hold up nobody")
    func announcedContents() async throws {
        let configure: @Sendable (inout ServerConfiguration) -> Void = { $0.requestMemory = 100_000 }
        try await TestServer.with(configure, handler: Self.reading(Gate())) { test in
            var slow: [RawHTTPConnection] = []
            for _ in 0..<5 {
                slow.append(try await test.connect())
                try await slow[slow.count - 1].request("POST", "/", ["Content-Length: 10"])
            }
            #expect(try await Self.sending("/", test).receive().text == "10")
            for client in slow {
                try await client.send("0123456789")
                #expect(try await client.receive().text == "10")
            }
        }
    }

    @Test("a request that has released its content leaves room for others while it goes on")
    func releasedMemory() async throws {
        let gate = Gate()
        let configure: @Sendable (inout ServerConfiguration) -> Void = { $0.requestMemory = 100_000 }
        try await TestServer.with(configure, handler: Self.reading(gate)) { test in
            var waiting: [RawHTTPConnection] = []
            for _ in 0..<4 { waiting.append(try await Self.sending("/released", test, count: 70_000)) }
            #expect(try await Self.sending("/", test).receive().text == "10")
            gate.open()
            for client in waiting { #expect(try await client.receive().text == "70000") }
        }
    }

    @Test("clients that take answers slowly share a bound; beyond it they are cut off")
    func responseMemory() async throws {
        let large = [UInt8](repeating: 0x78, count: 16 << 20)
        let configure: @Sendable (inout ServerConfiguration) -> Void = { $0.responseMemory = 20 << 20 }
        try await TestServer.with(
            configure, handler: { _ in Response(.ok, contentType: "text/plain", body: large) }
        ) { test in
            let (first, second) = (try await test.connect(), try await test.connect())
            try await first.request("GET", "/", ["Connection: close"])
            #expect(try await first.receiveHead().status == 200)
            try await second.request("GET", "/")
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 1 })
            #expect(try await first.receiveToEnd().utf8.count == large.count)
        }
    }
}
