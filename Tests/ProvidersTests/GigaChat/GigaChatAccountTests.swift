import Domain
import JSON
import TestSupport
import Testing

@testable import Providers

@Suite("GigaChat's account", .timeLimit(.minutes(10)))
struct GigaChatAccountTests {
    private static func with(
        _ replies: [String], _ body: @escaping @Sendable (GigaChatAccount, Exchange) async throws -> Void
    ) async throws {
        try await Exchange.with(.gigachat(), replies: replies) { exchange in
            try await body(GigaChatAccount(exchange.engine), exchange)
        }
    }

    @Test("tells what is left of each package")
    func balance() async throws {
        let answer = #"{"balance":[{"usage":"GigaChat-2","value":50000},{"usage":"embeddings","value":1.5}]}"#
        try await Self.with([reply(200, answer)]) { account, exchange in
            let balance = try await account.balance(budget: .seconds(30))
            #expect(
                balance == [
                    GigaChatAccount.Balance(usage: "GigaChat-2", left: 50_000),
                    GigaChatAccount.Balance(usage: "embeddings", left: 1.5),
                ])
            let request = try #require(exchange.requests.first)
            #expect(request.head.hasPrefix("GET /v1/balance ") && request.head.contains("Bearer key-of-test\r\n"))
        }
    }

    @Test("counts the tokens of texts in their order")
    func count() async throws {
        let answer = #"[{"object":"tokens","tokens":3,"characters":11},{"object":"tokens","tokens":1,"characters":2}]"#
        try await Self.with([reply(200, answer)]) { account, exchange in
            let counts = try await account.count(["Посчитай \"x\"", "да"], model: "GigaChat-2", budget: .seconds(30))
            #expect(counts.map(\.tokens) == [3, 1] && counts.map(\.characters) == [11, 2])
            let request = try #require(exchange.requests.first)
            #expect(request.path == "/v1/tokens/count")
            #expect(
                try JSONParser().parse(request.body) == ["model": "GigaChat-2", "input": ["Посчитай \"x\"", "да"]])
        }
    }

    @Test(
        "ends each refusal and each unreadable answer in its class",
        arguments: [
            (reply(403, #"{"status":403,"message":"Permission denied"}"#), FailureClass.forbidden),
            (reply(401, "{}"), .auth), (reply(200, "<html>"), .malformed), (reply(200, "{}"), .malformed),
            (reply(200, #"{"balance":[{"usage":"x"}]}"#), .malformed), (reply(200, "[{}]"), .malformed),
            (reply(200, #"[{"tokens":1},{"tokens":2}]"#), .malformed),
        ])
    func failures(answer: String, kind: FailureClass) async throws {
        try await Self.with([answer, answer]) { account, _ in
            let first = await #expect(throws: ModelFailure.self) { try await account.balance(budget: .seconds(30)) }
            let second = await #expect(throws: ModelFailure.self) {
                try await account.count(["x"], model: "m", budget: .seconds(30))
            }
            #expect(first?.failureClass == kind && second?.failureClass == kind)
        }
    }

    @Test("counts no more texts than one call takes", arguments: [0, 101])
    func bounds(count: Int) async throws {
        try await Self.with([]) { account, exchange in
            let texts = [String](repeating: "x", count: count)
            let failure = await #expect(throws: ModelFailure.self) {
                try await account.count(texts, model: "m", budget: .seconds(30))
            }
            #expect(failure?.failureClass == .badRequest)
            #expect(exchange.requests.isEmpty)
        }
    }
}
