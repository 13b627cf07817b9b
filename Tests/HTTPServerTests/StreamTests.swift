import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: streamed responses", .timeLimit(.minutes(10)))
struct StreamTests {
    private struct Broken: Error {}

    /// Streams `pieces`.
    private static func streaming(_ pieces: [String]) -> RequestHandler {
        { _ in
            Response(
                .ok, contentType: "text/plain",
                body: .stream { writer in
                    for piece in pieces { try await writer.write(piece) }
                })
        }
    }

    @Test("a stream goes out in chunks, and the next request follows on the connection")
    func chunks() async throws {
        try await TestServer.with(handler: Self.streaming(["one ", "", "two ", "три"])) { test in
            let client = try await test.connect()
            for _ in 0..<2 {
                let answer = try await client.exchange("GET", "/")
                #expect(answer["transfer-encoding"] == "chunked")
                #expect(answer["content-length"] == nil)
                #expect(answer.text == "one two три")
            }
        }
    }

    @Test("a piece arrives before the next one is made")
    func immediate() async throws {
        let gate = Gate()
        let handler: RequestHandler = { _ in
            Response(
                .ok, contentType: "text/plain",
                body: .stream { writer in
                    try await writer.write("first")
                    await gate.wait()
                    try await writer.write("second")
                })
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(try await client.receiveHead().status == 200)
            #expect(try await client.receiveChunk() == Array("first".utf8))
            gate.open()
            #expect(try await client.receiveChunk() == Array("second".utf8))
            #expect(try await client.receiveChunk().isEmpty)
        }
    }

    @Test("HTTP/1.0 gets the plain bytes and the end of the connection")
    func oldVersion() async throws {
        try await TestServer.with(handler: Self.streaming(["one ", "two"])) { test in
            let client = try await test.connect()
            try await client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let answer = try await client.receive()
            #expect(answer["transfer-encoding"] == nil)
            #expect(answer["connection"] == "close")
            #expect(answer.text == "one two")
        }
    }

    @Test("HEAD announces the stream and does not make it")
    func head() async throws {
        let made = Lock(false)
        let handler: RequestHandler = { _ in
            Response(.ok, contentType: "text/plain", body: .stream { _ in made.withLock { $0 = true } })
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            let answer = try await client.exchange("HEAD", "/")
            #expect(answer["transfer-encoding"] == "chunked")
            #expect(try await client.exchange("HEAD", "/").status == 200)
            #expect(made.withLock { $0 } == false)
        }
    }

    @Test("a stream that fails is cut off, so that nobody takes it for the whole")
    func failing() async throws {
        let handler: RequestHandler = { _ in
            Response(
                .ok, contentType: "text/plain",
                body: .stream { writer in
                    try await writer.write("half")
                    throw Broken()
                })
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            await #expect(throws: RawHTTPError.self) { try await client.receive() }
        }
    }

    @Test("a stream goes no faster than its client reads")
    func backpressure() async throws {
        let written = Lock(0)
        let piece = [UInt8](repeating: 0x78, count: 1 << 16)
        let handler: RequestHandler = { _ in
            Response(
                .ok, contentType: "text/plain",
                body: .stream { writer in
                    for _ in 0..<1024 {
                        try await writer.write(piece)
                        written.withLock { $0 += piece.count }
                    }
                })
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(try await client.receiveHead().status == 200)
            #expect(try await eventually(on: test.loop) { try await Self.hasStopped(written, test.loop) })
            #expect(written.withLock { $0 } < 48 << 20)
            var received = 0
            while case let chunk = try await client.receiveChunk(), !chunk.isEmpty { received += chunk.count }
            #expect(received == 64 << 20)
        }
    }

    private static func hasStopped(_ count: Lock<Int>, _ loop: EventLoop) async throws -> Bool {
        let before = count.withLock { $0 }
        try await loop.sleep(for: .milliseconds(50))
        return before > 0 && count.withLock { $0 } == before
    }

    @Test("a client that does not read a stream is given up, and the handler is told")
    func stalled() async throws {
        let failure = Lock<StreamError?>(nil)
        let piece = [UInt8](repeating: 0x78, count: 1 << 20)
        let handler: RequestHandler = { _ in
            Response(
                .ok, contentType: "text/plain",
                body: .stream { writer in
                    do throws(StreamError) {
                        while true { try await writer.write(piece) }
                    } catch {
                        failure.withLock { $0 = error }
                        throw error
                    }
                })
        }
        try await TestServer.with({ $0.writeTimeout = .milliseconds(50) }, handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(try await eventually(on: test.loop) { failure.withLock { $0 } == .timedOut })
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 0 })
            client.close()
        }
    }

    @Test("a stream's task is cancelled when the client is gone, even while it has nothing to send")
    func clientGone() async throws {
        let wasCancelled = Lock(false)
        let handler: RequestHandler = { _ in
            Response(
                .ok, contentType: "text/plain",
                body: .stream { writer in
                    try await writer.write("first")
                    do throws(CancellationError) {
                        try await writer.loop.sleep(for: .seconds(60))
                    } catch {
                        wasCancelled.withLock { $0 = true }
                    }
                })
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(try await client.receiveHead().status == 200)
            client.close()
            #expect(try await eventually(on: test.loop) { wasCancelled.withLock { $0 } })
            #expect(try await eventually(on: test.loop) { await test.server.connectionCount() == 0 })
        }
    }

    @Test("writing to a client that has hung up fails")
    func writeAfterHangup() async throws {
        let gate = Gate()
        let failure = Lock<StreamError?>(nil)
        let handler: RequestHandler = { _ in
            Response(
                .ok, contentType: "text/plain",
                body: .stream { writer in
                    await gate.wait()
                    do throws(StreamError) {
                        try await writer.write("late")
                    } catch {
                        failure.withLock { $0 = error }
                    }
                })
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(try await client.receiveHead().status == 200)
            client.close()
            try await test.loop.sleep(for: .milliseconds(20))
            gate.open()
            #expect(try await eventually(on: test.loop) { failure.withLock { $0 } == .disconnected })
        }
    }

    @Test("a handler that waits can end when its client does; the answer of one that still reads arrives")
    func waitingHandler() async throws {
        let handler: RequestHandler = { request in
            let loop = request.loop
            let wasCancelled = await request.whileClientIsThere {
                do throws(CancellationError) {
                    try await loop.sleep(for: .seconds(60))
                    return false
                } catch {
                    return true
                }
            }
            return Response(.ok, text: "cancelled: \(wasCancelled)")
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            client.endWriting()
            #expect(try await client.receive().text == "cancelled: true")
        }
    }

    @Test("a handler hears once that its client has hung up, also afterwards, and not when it has lost interest")
    func hangupAction() async throws {
        let calls = Lock(0)
        let handler: RequestHandler = { request in
            request.whenClientHangsUp { calls.withLock { $0 += 100 } }
            request.whenClientHangsUp(nil)
            request.whenClientHangsUp { calls.withLock { $0 += 1 } }
            while calls.withLock({ $0 }) == 0 { await request.loop.pause(for: .milliseconds(1)) }
            request.whenClientHangsUp { calls.withLock { $0 += 10 } }
            return Response(.ok, text: "\(calls.withLock { $0 })")
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            try await client.request("GET", "/")
            #expect(await client.isSilent(for: .milliseconds(10)))
            client.endWriting()
            #expect(try await client.receive().text == "11")
        }
    }

    @Test("an operation that ends by itself has its value, and the connection goes on")
    func finishedOperation() async throws {
        let handler: RequestHandler = { request in
            Response(.ok, text: await request.whileClientIsThere { "value" })
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            for _ in 0..<3 { #expect(try await client.exchange("GET", "/").text == "value") }
        }
    }

    @Test("pipelined requests around a stream are answered in order")
    func pipelined() async throws {
        let handler: RequestHandler = { request in
            guard request.head.path == "/stream" else { return await echo(request) }
            return await Self.streaming(["a", "b"])(request)
        }
        try await TestServer.with(handler: handler) { test in
            let client = try await test.connect()
            let heads = ["/1", "/stream", "/2"].map { "GET \($0) HTTP/1.1\r\nHost: t\r\n\r\n" }
            try await client.send(heads.joined())
            #expect(try await client.receive().text == "GET /1 ")
            #expect(try await client.receive().text == "ab")
            #expect(try await client.receive().text == "GET /2 ")
        }
    }
}
