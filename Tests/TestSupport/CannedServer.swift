import EventLoop
public import HTTPClient
import Testing

/// A server that says exactly the bytes a test wants, and what it has seen.
public final class CannedServer {
    /// How many connections have been accepted.
    public private(set) var connectionCount = 0
    /// For handlers and the test to tell each other how far they are.
    public var marks = 0
    /// Counted by handlers.
    public var bytesSent = 0
    /// A client on the same loop.
    public let client: HTTPClient
    private let listener: Listener

    private init(on loop: EventLoop, _ configuration: HTTPClientConfiguration) throws {
        guard let address = SocketAddress(host: "127.0.0.1", port: 0) else { preconditionFailure("an address") }
        listener = try Listener(on: loop, address: address)
        client = try HTTPClient(on: loop, configuration: configuration)
    }

    /// An address of this server.
    public func url(_ path: String = "/", scheme: String = "http") -> String {
        "\(scheme)://\(listener.address)\(path)"
    }

    /// Serves one connection.
    public typealias Handler = @Sendable (CannedPeer, CannedServer) async throws -> Void

    /// Serves each connection with `handler` while `body` runs, all on one loop.
    public static func with(
        _ configuration: HTTPClientConfiguration = HTTPClientConfiguration(userAgent: "tests/1"),
        serving handler: @escaping Handler,
        _ body: @escaping @Sendable (CannedServer, HTTPClient) async throws -> Void
    ) async throws {
        try await onLoop { loop in
            let server = try CannedServer(on: loop, configuration)
            let bound = LoopBound(server, to: loop)
            await withDiscardingTaskGroup { group in
                group.addTask(executorPreference: loop) { await bound.value.accept(handler) }
                do {
                    try await body(server, server.client)
                } catch {
                    Issue.record(error)
                }
                server.client.close()
                server.listener.close()
            }
        }
    }

    private func accept(_ handler: @escaping Handler) async {
        let loop = client.loop
        await withDiscardingTaskGroup { group in
            while true {
                switch listener.accept() {
                case .connection(let descriptor, _):
                    connectionCount += 1
                    let server = LoopBound(self, to: loop)
                    group.addTask(executorPreference: loop) {
                        await server.value.serve(descriptor, handler)
                    }
                case .none: await listener.waitForConnection()
                case .exhausted, .closed: return
                }
            }
        }
    }

    private func serve(_ descriptor: Int32, _ handler: Handler) async {
        do {
            let peer = try CannedPeer(descriptor, on: client.loop)
            defer { peer.close() }
            try await handler(peer, self)
        } catch let error as StreamError {
            // The client may go at any time; the test sees what it got.
            precondition(error == .disconnected)
        } catch {
            Issue.record(error)
        }
    }
}
