import API
import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("API: GET /api/models", .timeLimit(.minutes(10)))
struct ModelReportTests {
    private static let report = ModelReport(
        providers: [
            ModelReport.Provider(
                name: "gigachat", capabilities: [.chat, .embeddings],
                standing: ProviderStanding(isUsable: true, detail: "token for 1700 s"), breaker: "closed"),
            ModelReport.Provider(
                name: "mistral", capabilities: [.chat, .streaming, .tools, .files, .jsonSchema],
                standing: ProviderStanding(isUsable: false), breaker: "open"),
        ],
        routes: [.generation: ["gigachat/GigaChat-2", "mistral/small"]],
        listing: ModelListing(
            models: [
                ModelDescription(provider: "gigachat", id: "GigaChat-2", owner: "salutedevices", capabilities: .chat),
                ModelDescription(provider: "gigachat", id: "Embeddings", capabilities: .embeddings),
            ], failures: ["mistral": ModelFailure(.transport, "connection refused")]))

    @Test("providers, routes, models and the reasons for gaps are told")
    func told() async throws {
        try await TestAPI.with { test in
            test.names.report.withLock { $0 = Self.report }
            let answer = try await test.get("/api/models")
            #expect(answer.status == 200)
            #expect(answer["cache-control"] == "no-store")
            let expected: JSONValue = [
                "providers": [
                    [
                        "name": "gigachat", "usable": true, "detail": "token for 1700 s", "breaker": "closed",
                        "capabilities": ["chat", "embeddings"],
                    ],
                    [
                        "name": "mistral", "usable": false, "breaker": "open",
                        "capabilities": ["chat", "streaming", "tools", "files", "json_schema"],
                    ],
                ],
                "routes": [
                    "classification": [], "generation": ["gigachat/GigaChat-2", "mistral/small"], "chat": [],
                    "embedding": [],
                ],
                "models": [
                    [
                        "id": "GigaChat-2", "provider": "gigachat", "owner": "salutedevices",
                        "capabilities": ["chat"],
                    ],
                    ["id": "Embeddings", "provider": "gigachat", "capabilities": ["embeddings"]],
                ],
                "failures": ["mistral": ["class": "transport", "detail": "connection refused"]],
            ]
            #expect(answer.json == expected)
        }
    }

    @Test("HEAD works, and other methods are told which there are")
    func methods() async throws {
        try await TestAPI.with { test in
            #expect(try await test.ask("HEAD", "/api/models").status == 200)
            let answer = try await test.ask("POST", "/api/models", body: "")
            answer.expectProblem(405)
            #expect(answer["allow"]?.contains("GET") == true)
        }
    }
}
