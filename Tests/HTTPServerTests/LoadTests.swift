import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: load", .timeLimit(.minutes(1)))
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

    @Test("contents on their way have a common bound; those that come with the head do not count")
    func requestMemory() async throws {
        let configure: @Sendable (inout ServerConfiguration) -> Void = { $0.requestMemory = 100_000 }
        let handler: RequestHandler = { request in
            do throws(BodyError) {
                return Response(.ok, text: "\(try await request.body.collect().count)")
            } catch {
                guard case .refused(let error) = error else { return Response(.badRequest) }
                return Response(error.status, text: error.rule)
            }
        }
        try await TestServer.with(configure, handler: handler) { test in
            let slow = try await test.connect()
            try await slow.request("POST", "/", ["Content-Length: 10"])
            #expect(await slow.isSilent(for: .milliseconds(10)))
            let refused = try await test.connect()
            try await refused.request("POST", "/", ["Content-Length: 10"])
            let answer = try await refused.receive()
            #expect(answer.status == 503)
            #expect(answer.text == "request-memory")
            #expect(try await test.exchange("POST", "/", body: "whole").text == "5")
            try await slow.send("0123456789")
            #expect(try await slow.receive().text == "10")
            let next = try await test.connect()
            try await next.request("POST", "/", ["Content-Length: 10"])
            #expect(await next.isSilent(for: .milliseconds(10)))
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
