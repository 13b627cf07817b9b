import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

/// A server on a port of its own and the connections a test opens to it, which end with the test.
final class TestServer {
    let server: HTTPServer
    let loop: EventLoop
    private let running: Task<Void, any Error>
    private var connections: [RawHTTPConnection] = []

    private init(_ server: HTTPServer, loop: EventLoop) {
        self.server = server
        self.loop = loop
        running = loop.spawn { await server.run() }
    }

    /// Runs `body` against a server of `loops` loops. Idle connections end at once when it drains, if `configure`
    /// does not say otherwise.
    static func with(
        loops: Int = 1, _ configure: @escaping @Sendable (inout ServerConfiguration) -> Void = { _ in },
        handler: @escaping RequestHandler, _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        try await onLoops(loops) { group in
            let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
            var configuration = ServerConfiguration(address: address)
            configuration.drainGrace = .zero
            configure(&configuration)
            let server = try await HTTPServer.bind(on: group, configuration, handler: handler)
            let test = TestServer(server, loop: group.loops[0])
            do {
                try await body(test)
                await test.stop()
            } catch {
                await test.stop()
                throw error
            }
        }
    }

    func connect() async throws -> RawHTTPConnection {
        let connection = try await RawHTTPConnection(to: server.address, on: loop)
        connections.append(connection)
        return connection
    }

    /// One request on a connection of its own.
    func exchange(
        _ method: String, _ target: String, _ fields: [String] = [], body: String? = nil
    ) async throws -> RawHTTPResponse {
        let connection = try await connect()
        defer { connection.close() }
        return try await connection.exchange(method, target, fields, body: body)
    }

    /// Whether `run` returns within `limit`.
    func ends(within limit: Duration = .seconds(10)) async throws -> Bool {
        let hasEnded = Lock(false)
        let running = running
        loop.spawn {
            _ = await running.result
            hasEnded.withLock { $0 = true }
        }
        return try await eventually(on: loop, within: limit) { hasEnded.withLock { $0 } }
    }

    /// Cancels the task of `run`.
    func cancel() {
        running.cancel()
    }

    private func stop() async {
        connections.forEach { $0.close() }
        server.drain()
        _ = await running.result
    }
}

/// Answers with method, path and content, so that a test sees what the server understood.
@Sendable func echo(_ request: Request) async -> Response {
    do throws(BodyError) {
        let content = String(decoding: try await request.body.collect(), as: UTF8.self)
        return Response(.ok, text: "\(request.head.method) \(request.head.path) \(content)")
    } catch {
        switch error {
        case .refused(let error): return Response(error.status, text: error.rule)
        case .timedOut: return Response(.requestTimeout, text: "body too slow")
        case .disconnected: return Response(.badRequest, text: "cut off")
        }
    }
}

/// Echoes once the gate is open; with a path, only requests for that wait.
func echo(after gate: Gate, at path: String? = nil) -> RequestHandler {
    { request in
        if path == nil || request.head.path == path { await gate.wait() }
        return await echo(request)
    }
}

/// Answers without looking at the content.
@Sendable func ignore(_ request: Request) async -> Response {
    Response(.ok, text: "ignored")
}

/// `handler` behind a piece of middleware.
func behind(_ middleware: any Middleware, _ handler: @escaping RequestHandler) -> RequestHandler {
    let pipeline = Pipeline([middleware], handler: handler)
    return { await pipeline.respond(to: $0) }
}
