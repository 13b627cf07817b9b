import EventLoop
import Glibc
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: time", .timeLimit(.minutes(10)))
struct TimeoutTests {
    @Test("a head that does not come in time gets 408 and the end, however it drips")
    func head() async throws {
        try await TestServer.with({ $0.headTimeout = .milliseconds(600) }, handler: echo) { test in
            let client = try await test.connect()
            let start = MonotonicTime.now
            try await client.send("GET / HTTP/1.1\r\n")
            for _ in 0..<4 {
                try await test.loop.sleep(for: .milliseconds(20))
                try await client.send("X: y\r\n")
            }
            let answer = try await client.receive()
            #expect(answer.status == 408)
            #expect(answer["connection"] == "close")
            #expect(MonotonicTime.now - start >= .milliseconds(600))
            client.endWriting()
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test("the time for a head begins anew with each request")
    func eachHead() async throws {
        try await TestServer.with({ $0.headTimeout = .seconds(2) }, handler: echo) { test in
            let client = try await test.connect()
            for _ in 0..<4 {
                try await client.send("GET / HTTP/1.1\r\n")
                try await test.loop.sleep(for: .milliseconds(700))
                try await client.send("Host: t\r\n\r\n")
                #expect(try await client.receive().status == 200)
            }
        }
    }

    @Test("a silent connection ends without a word", arguments: [true, false])
    func idle(afterRequest: Bool) async throws {
        try await TestServer.with({ $0.idleTimeout = .seconds(1) }, handler: echo) { test in
            let start = MonotonicTime.now
            let client = try await test.connect()
            if afterRequest { _ = try await client.exchange("GET", "/") }
            #expect(try await client.receiveToEnd().isEmpty)
            // The idle time counts from the beginning of the loop's turn, which is some milliseconds before at most.
            #expect(MonotonicTime.now - start >= .milliseconds(950))
        }
    }

    @Test("a request that comes in the last moment of the idle time is served, and told that it is the last")
    func lastMoment() async throws {
        // Long enough that a busy machine does not end it before the first request or between the two lines below.
        try await TestServer.with({ $0.idleTimeout = .seconds(2) }, handler: echo) { test in
            let client = try await test.connect()
            _ = try await client.exchange("GET", "/")
            // The loop has no turn until the time is over and the request is there.
            usleep(2_100_000)
            let answer = try await client.exchange("GET", "/late")
            #expect(answer.text == "GET /late ")
            #expect(answer["connection"] == "close")
        }
    }

    @Test("a handler's time is not idle time")
    func busy() async throws {
        let handler: RequestHandler = { request in
            do throws(CancellationError) {
                try await request.loop.sleep(for: .seconds(3))
            } catch {
                return Response(.internalServerError)
            }
            return await echo(request)
        }
        try await TestServer.with({ $0.idleTimeout = .seconds(2) }, handler: handler) { test in
            let answer = try await test.exchange("GET", "/")
            #expect(answer.text == "GET / ")
        }
    }

    @Test(
        "a body that stops coming reaches the handler as an error, and the connection ends", arguments: [true, false])
    func body(isChunked: Bool) async throws {
        try await TestServer.with({ $0.bodyTimeout = .milliseconds(30) }, handler: echo) { test in
            let client = try await test.connect()
            let framing = isChunked ? "Transfer-Encoding: chunked\r\n\r\n5\r\n" : "Content-Length: 5\r\n\r\n"
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\n\(framing)abc")
            let answer = try await client.receive()
            #expect(answer.status == 408)
            #expect(answer.text == "body too slow")
            #expect(answer["connection"] == "close")
        }
    }

    @Test("a body that is cut off reaches the handler as an error")
    func cutOff() async throws {
        try await TestServer.with(handler: echo) { test in
            let client = try await test.connect()
            try await client.request("POST", "/", ["Content-Length: 5"])
            try await client.send("abc")
            client.endWriting()
            #expect(try await client.receive().text == "cut off")
        }
    }

    @Test("a client that does not read its answer is given up")
    func slowReader() async throws {
        let large = [UInt8](repeating: 0x78, count: 16 << 20)
        try await TestServer.with(
            { $0.writeTimeout = .milliseconds(500) },
            handler: { _ in
                Response(.ok, contentType: "text/plain", body: large)
            }
        ) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(try await client.receiveOnce().hasPrefix("HTTP/1.1 200 OK"))
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 0 })
        }
    }

    @Test("a large answer reaches a client that takes its time")
    func patientReader() async throws {
        let large = [UInt8](repeating: 0x78, count: 4 << 20)
        try await TestServer.with(handler: { _ in Response(.ok, contentType: "text/plain", body: large) }) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            try await test.loop.sleep(for: .milliseconds(20))
            #expect(try await client.receive().body == large)
        }
    }

    @Test("a body that drips for ever gets 408, whatever its pauses")
    func drippingBody() async throws {
        let configure: @Sendable (inout ServerConfiguration) -> Void = {
            $0.bodyTimeout = .milliseconds(200)
            $0.minimumRate = 1000
        }
        try await TestServer.with(configure, handler: echo) { test in
            let client = try await test.connect()
            try await client.request("POST", "/", ["Content-Length: 1000"])
            let start = MonotonicTime.now
            while await client.isSilent(for: .milliseconds(20)), MonotonicTime.now - start < .seconds(5) {
                try await client.send("x")
            }
            #expect(try await client.receive().status == 408)
            #expect(MonotonicTime.now - start < .seconds(5))
        }
    }

    @Test("a body that comes slowly and fast enough is taken")
    func slowBody() async throws {
        let configure: @Sendable (inout ServerConfiguration) -> Void = {
            $0.bodyTimeout = .seconds(2)
            $0.minimumRate = 10
        }
        try await TestServer.with(configure, handler: echo) { test in
            let client = try await test.connect()
            try await client.request("POST", "/", ["Content-Length: 30"])
            for _ in 0..<30 {
                try await test.loop.sleep(for: .milliseconds(10))
                try await client.send("x")
            }
            #expect(try await client.receive().text.hasSuffix("xxx"))
        }
    }

    @Test("a client that reads a little now and then is not taken for one that does not read")
    func slowButReading() async throws {
        let large = [UInt8](repeating: 0x78, count: 12 << 20)
        let configure: @Sendable (inout ServerConfiguration) -> Void = {
            $0.writeTimeout = .seconds(3)
            $0.minimumRate = 1
        }
        try await TestServer.with(
            configure, handler: { _ in Response(.ok, contentType: "text/plain", body: large) }
        ) { test in
            let client = try await test.connect()
            try await client.request("GET", "/", ["Connection: close"])
            var received = 0
            for _ in 0..<12 {
                try await test.loop.sleep(for: .milliseconds(200))
                received += try await client.receiveOnce().utf8.count
            }
            received += try await client.receiveToEnd().utf8.count
            #expect(received > large.count)
        }
    }
}
