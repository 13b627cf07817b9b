import Domain
import EventLoop
import HTTPClient
import Telemetry
import TestSupport
import Testing

@testable import Providers

/// A provider behind an engine: answers the first request on its first connection with the first reply, and so on.
final class Exchange {
    let engine: ChatEngine
    let loop: EventLoop
    private let provider: CannedReplies

    /// What has been asked, in order.
    var requests: [CannedPeer.Request] { provider.requests }

    private init(_ engine: ChatEngine, _ loop: EventLoop, _ provider: CannedReplies) {
        self.engine = engine
        self.loop = loop
        self.provider = provider
    }

    /// Runs `body` with an engine whose provider sends `replies`, closing the connection after each.
    static func with(
        _ profile: ProviderProfile = .openAICompatible(name: "test"),
        tokens: any TokenSource = FixedToken("key-of-test"),
        replies: [String], _ body: @escaping @Sendable (Exchange) async throws -> Void
    ) async throws {
        let provider = CannedReplies(replies, lastStays: false)
        try await CannedServer.with(serving: provider.handler) { server, client in
            let clients = LoopClients([LoopBound(client, to: client.loop)])
            let logger = Logger(try LogSink(minimumLevel: .error, format: .text))
            let engine = ChatEngine(
                profile, baseURL: server.url("/v1/"), clients: clients, tokens: tokens, caFile: nil, logger: logger,
                logsPrompts: false)
            try await body(Exchange(engine, client.loop, provider))
        }
    }

    func complete(_ request: ChatRequest = .sample) async throws(ModelFailure) -> ChatResult {
        try await engine.complete(request, model: "m", budget: .seconds(30))
    }

    /// Reads a stream to its end.
    func stream(
        _ request: ChatRequest = .sample
    ) async -> (events: [ChatEvent], outcome: Result<ChatEnd?, ModelFailure>) {
        var events: [ChatEvent] = []
        do throws(ModelFailure) {
            let stream = try await engine.stream(request, model: "m", budget: .seconds(30))
            defer { stream.close() }
            while let event = try await stream.next() { events.append(event) }
            return (events, .success(stream.end))
        } catch {
            return (events, .failure(error))
        }
    }
}

extension ChatRequest {
    static let sample = ChatRequest(
        .named("m", .chat), [ChatMessage(.user, "Привет")], context: CallContext(requestID: "r-1"))
}

/// A whole response.
func reply(_ status: Int, _ body: String, type: String = "application/json", _ fields: String = "") -> String {
    "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nX-Request-Id: up-1\r\n\(fields)"
        + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
}

/// A stream whose end is the connection's.
func streamReply(_ body: String) -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Request-Id: up-1\r\nConnection: close\r\n\r\n\(body)"
}
