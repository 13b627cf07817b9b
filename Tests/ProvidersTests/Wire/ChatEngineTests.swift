import Domain
import EventLoop
import JSON
import Telemetry
import TestSupport
import Testing

@testable import Providers

@Suite("A provider that speaks OpenAI's form")
struct ChatEngineTests {
    private static let answer = #"""
        {"choices":[{"message":{"role":"assistant","content":"42"},"finish_reason":"stop"}],"model":"m:1.2",
        "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"precached_prompt_tokens":3}}
        """#

    @Test("gives the answer, its cost and who gave it")
    func answer() async throws {
        try await Exchange.with(replies: [reply(200, Self.answer)]) { exchange in
            let result = try await exchange.complete()
            #expect(result.text == "42")
            #expect(result.end.tokens == TokenUsage(prompt: 7, completion: 2, precached: 3))
            #expect(result.end.model == "m:1.2" && result.end.provider == "test")
            #expect(result.end.upstreamRequestID == "up-1")
        }
    }

    @Test("is asked at its path, with the key, a user agent and the request's id")
    func request() async throws {
        try await Exchange.with(replies: [reply(200, Self.answer)]) { exchange in
            _ = try await exchange.complete()
            let request = try #require(exchange.requests.first)
            #expect(request.path == "/v1/chat/completions")
            for line in ["Authorization: Bearer key-of-test", "User-Agent: tests/1", "X-Request-ID: r-1"] {
                #expect(request.head.contains(line + "\r\n"))
            }
            let body = try JSONParser().parse(request.body)
            #expect(body["model"] == "m" && body["stream"] == nil)
            #expect(body["messages"] == [["role": "user", "content": "Привет"]])
        }
    }

    @Test("is told the trace and the span that the call is made for; nothing where there is none")
    func trace() async throws {
        let trace = try #require(
            TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        var request = ChatRequest.sample
        request.context.trace = trace
        let traced = request
        try await Exchange.with(replies: [reply(200, Self.answer), reply(200, Self.answer)]) { exchange in
            _ = try await exchange.complete(traced)
            _ = try await exchange.complete()
            let line = try #require(
                exchange.requests[0].head.split(separator: "\r\n").first { $0.hasPrefix("traceparent: ") })
            let told = try #require(TraceContext(traceparent: String(line.dropFirst(13))))
            #expect(told == trace)
            #expect(!exchange.requests[1].head.contains("traceparent"))
        }
    }

    @Test(
        "ends each refusal in its class",
        arguments: [
            (400, FailureClass.badRequest), (401, .auth), (402, .quotaExhausted), (403, .forbidden), (404, .notFound),
            (413, .badRequest), (422, .badRequest), (429, .rateLimited), (500, .server), (502, .server), (504, .server),
        ])
    func refusals(status: Int, kind: FailureClass) async throws {
        try await Exchange.with(replies: [reply(status, "<html>SynGX</html>", type: "text/html")]) { exchange in
            let failure = await #expect(throws: ModelFailure.self) { try await exchange.complete() }
            #expect(failure?.failureClass == kind)
            #expect(failure?.status == status && failure?.provider == "test")
            #expect(exchange.requests.count == 1)
        }
    }

    @Test("says how long it wants to be left alone")
    func retryAfter() async throws {
        try await Exchange.with(replies: [reply(429, "{}", "Retry-After: 1.5\r\n")]) { exchange in
            let failure = await #expect(throws: ModelFailure.self) { try await exchange.complete() }
            #expect(failure?.retryAfter == .milliseconds(1500))
        }
    }

    @Test("never has its key shown, whatever it answers")
    func secrets() async throws {
        try await Exchange.with(replies: [reply(400, #"{"error":{"message":"bad key key-of-test"}}"#)]) { exchange in
            let failure = await #expect(throws: ModelFailure.self) { try await exchange.complete() }
            #expect(failure?.detail.contains("bad key") == true)
            #expect(failure?.detail.contains("key-of-test") == false)
        }
    }

    @Test("is asked once more with another token when the first is refused, and no third time")
    func refreshes() async throws {
        let tokens = CountedTokens()
        try await Exchange.with(tokens: tokens, replies: [reply(401, "{}"), reply(200, Self.answer)]) {
            exchange async throws in
            let result = try await exchange.complete()
            #expect(result.text == "42")
            #expect(exchange.requests[0].head.contains("Bearer token-1"))
            #expect(exchange.requests[1].head.contains("Bearer token-2"))
        }
        try await Exchange.with(tokens: CountedTokens(), replies: [reply(401, "{}"), reply(401, "{}")]) { exchange in
            let failure = await #expect(throws: ModelFailure.self) { try await exchange.complete() }
            #expect(failure?.failureClass == .auth)
            #expect(exchange.requests.count == 2)
        }
    }

    @Test("does not take its key to where it redirects")
    func redirect() async throws {
        try await Exchange.with(replies: [reply(302, "", "Location: /elsewhere\r\n")]) { exchange in
            let failure = await #expect(throws: ModelFailure.self) { try await exchange.complete() }
            #expect(failure?.failureClass == .transport)
            #expect(exchange.requests.count == 1)
        }
    }

    @Test(
        "fails as malformed when its answer is none",
        arguments: ["", "{}", #"{"choices":[]}"#, "<html>", #"{"choices":[{"message":{"content":"x"},"finish_reas"#])
    func malformed(body: String) async throws {
        try await Exchange.with(replies: [reply(200, body)]) { exchange in
            let failure = await #expect(throws: ModelFailure.self) { try await exchange.complete() }
            #expect(failure?.failureClass == .malformed)
        }
    }

    @Test("lists its models")
    func models() async throws {
        let list = #"{"object":"list","data":[{"id":"models/a","owned_by":"g"},{"id":"models/embedding-1"}]}"#
        try await Exchange.with(.gemini, replies: [reply(200, list)]) { exchange in
            let models = try await exchange.engine.models(budget: .seconds(30))
            #expect(models.map(\.id) == ["a", "embedding-1"])
            #expect(models[1].capabilities == .embeddings)
        }
    }

    @Test("turns texts into vectors in their order")
    func embeddings() async throws {
        let body = #"""
            {"data":[{"index":1,"embedding":[2,3],"usage":{"prompt_tokens":4}},
            {"index":0,"embedding":[1],"usage":{"prompt_tokens":5}}],"model":"e"}
            """#
        try await Exchange.with(replies: [reply(200, body)]) { exchange in
            let request = EmbeddingRequest(.named("e", .embedding), ["a", "b"], context: CallContext(requestID: "r"))
            let result = try await exchange.engine.embed(request, model: "e", budget: .seconds(30))
            #expect(result.vectors == [[1], [2, 3]])
            #expect(result.promptTokens == 9)
        }
    }
}

/// Gives `token-1`, and the next one after each refusal.
private final class CountedTokens: TokenSource {
    private let count = Lock(1)

    func token(budget: Duration) async throws(ModelFailure) -> AccessToken? {
        AccessToken("token-\(count.withLock { $0 })")
    }

    func invalidate(_ token: AccessToken?) -> Bool {
        count.withLock { $0 += 1 }
        return true
    }

    func secrets() -> [String] { [] }

    func standing() -> ProviderStanding { ProviderStanding(isUsable: true) }
}
