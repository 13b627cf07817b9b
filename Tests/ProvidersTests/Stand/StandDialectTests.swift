import Domain
import FakeProviders
import JSON
import TestSupport
import Testing

@testable import Providers

@Suite("The providers that speak OpenAI's form, against fakes with their ways", .timeLimit(.minutes(10)))
struct StandDialectTests {
    /// With everything that some provider does not know.
    private static var full: ChatRequest {
        var request = Stand.question()
        request.sampling.seed = 5
        request.sampling.presencePenalty = 0.5
        request.sampling.frequencyPenalty = 0.5
        request.tools = [ChatTool(name: "f")]
        request.toolChoice = .required
        let call = ChatToolCall(id: "call_of_another_provider_1", name: "f", arguments: "{}")
        request.messages += [
            ChatMessage(.assistant, "", toolCalls: [call]),
            ChatMessage(.tool, "done", toolCallID: "call_of_another_provider_1"),
        ]
        return request
    }

    private static let others: [(FakePersonality, ProviderProfile)] = [
        (.mistral, .mistral), (.deepseek, .deepseek), (.gemini, .gemini), (.qwen, .dashscope),
    ]

    @Test("each is asked in its own words, answers and streams, and tells its tokens", arguments: others)
    func own(personality: FakePersonality, profile: ProviderProfile) async throws {
        try await Stand.with(.other(personality, profile)) { (stand) async throws in
            let result = try await stand.ask(Self.full)
            #expect(result.text == "echo: Сколько?" && result.end.tokens.total > 0)
            let (text, _, end) = try await stand.stream(Self.full)
            #expect(text == "echo: Сколько?" && end?.reason == .stop)
            #expect(end?.tokens == result.end.tokens)
            #expect(stand.fake.log.allSatisfy { $0.headers["user-agent"] == "tests/1" })
        }
    }

    @Test("each tells a wrong key from other faults, and does not show it", arguments: others)
    func wrongKey(personality: FakePersonality, profile: ProviderProfile) async throws {
        var plan = Stand.Plan.other(personality, profile)
        plan.key = "wrong-key-of-a-provider"
        try await Stand.with(plan) { (stand) async throws in
            let failure = try await stand.failure()
            #expect(failure.failureClass == .auth)
            #expect(!failure.detail.contains("wrong-key-of-a-provider"))
            #expect(stand.fake.counters.requests[.chat] == 1)
        }
    }

    @Test("each has its errors read by the status", arguments: others)
    func errors(personality: FakePersonality, profile: ProviderProfile) async throws {
        try await Stand.with(.other(personality, profile)) { (stand) async throws in
            for (status, kind) in [
                (402, FailureClass.quotaExhausted), (403, .forbidden), (404, .notFound), (422, .badRequest),
                (429, .rateLimited), (500, .server), (503, .server),
            ] {
                stand.fake.enqueue(ScenarioStep(status: status), on: .chat)
                let failure = try await stand.failure()
                #expect(failure.failureClass == kind && failure.status == status)
                #expect(failure.detail.contains("status \(status)"))
            }
        }
    }

    @Test("Mistral refuses what is not meant for it, so that the test above means something")
    func strict() async throws {
        try await Stand.with(.other(.mistral, .openAICompatible(name: "any"))) { (stand) async throws in
            let failure = try await stand.failure(Self.full)
            #expect(failure.failureClass == .badRequest && failure.status == 422)
            #expect(failure.detail.contains("Extra inputs are not permitted"))
            var request = Self.full
            request.sampling = ChatSampling()
            let other = try await stand.failure(request)
            #expect(other.status == 400 && other.detail.contains("length of 9"))
        }
    }

    @Test("Mistral's ids fit each other after they were made shorter, and its thoughts are no part of the answer")
    func mistral() async throws {
        try await Stand.with(.other(.mistral, .mistral)) { (stand) async throws in
            _ = try await stand.ask(Self.full)
            let messages = try stand.lastBody()["messages"]
            #expect(messages?[1]?["tool_calls"]?[0]?["id"] == messages?[2]?["tool_call_id"])
            #expect(try stand.lastBody()["random_seed"] == 5)
            let result = try await stand.ask(model: "magistral-small-2506")
            #expect(result.text == "echo: Сколько?" && result.reasoning == "hm")
        }
    }

    @Test("Mistral's models are listed by what they can do")
    func mistralModels() async throws {
        try await Stand.with(.other(.mistral, .mistral)) { (stand) async throws in
            let models = try await stand.engine.models(budget: .seconds(30))
            #expect(models.map(\.id) == ["mistral-small-2503", "magistral-small-2506", "mistral-embed"])
            #expect(models[0].capabilities.contains(.tools) && !models[1].capabilities.contains(.tools))
            #expect(models[2].capabilities == .embeddings)
        }
    }

    @Test("DeepSeek's signs of life and thoughts are no part of the answer, and it is asked for no schema")
    func deepseek() async throws {
        try await Stand.with(.other(.deepseek, .deepseek)) { (stand) async throws in
            var request = Stand.question()
            request.format = .jsonSchema(name: "n", schema: ["type": "object"], isStrict: true)
            let result = try await stand.ask(request)
            #expect(result.text == "echo: Сколько?" && result.reasoning == "hm")
            #expect(try stand.lastBody()["response_format"]?["type"] == "json_object")
            let (text, reasoning, end) = try await stand.stream(request)
            #expect(text == "echo: Сколько?" && reasoning == "hm" && (end?.tokens.total ?? 0) > 0)
        }
    }

    @Test("Gemini's names lose their prefix, and its wish to be left alone is heard")
    func gemini() async throws {
        try await Stand.with(.other(.gemini, .gemini)) { (stand) async throws in
            let models = try await stand.engine.models(budget: .seconds(30))
            #expect(models.map(\.id) == ["gemini-3.5-flash", "gemini-embedding-001"])
            stand.fake.enqueue(ScenarioStep(status: 429), on: .chat)
            #expect(try await stand.failure().retryAfter == .seconds(37))
        }
    }

    @Test("Gemini's refusal of a country is told as what it is")
    func location() async throws {
        let error: JSONValue = [
            "code": 400, "status": "FAILED_PRECONDITION",
            "message": "User location is not supported for the API use.",
        ]
        try await Stand.with(.other(.gemini, .gemini)) { (stand) async throws in
            stand.fake.enqueue(ScenarioStep(status: 400, body: .json([["error": error]])), on: .chat)
            let failure = try await stand.failure()
            #expect(failure.failureClass == .forbidden && failure.detail.contains("does not serve this country"))
        }
    }

    @Test("Qwen is asked to keep what prompts share, and its name for a call is taken over")
    func qwen() async throws {
        try await Stand.with(.other(.qwen, .dashscope)) { (stand) async throws in
            _ = try await stand.ask()
            #expect(stand.fake.log.last?.headers["x-dashscope-cachecontrol"] == "enable")
            stand.fake.enqueue(ScenarioStep(status: 400), on: .chat)
            #expect(try await stand.failure().upstreamRequestID == "fake-dashscope-request")
        }
    }
}
