import Domain
import EventLoop
import FakeProviders
import JSON
import TestSupport
import Testing

@testable import Providers

@Suite("GigaChat's provider and its tokens, against the fake", .timeLimit(.minutes(10)))
struct StandTokenTests {
    private static func token(_ change: (inout TokenShape) -> Void) -> ScenarioStep {
        var step = ScenarioStep()
        change(&step.token)
        return step
    }

    @Test("fifty first calls at once make one token call")
    func singleFlight() async throws {
        try await Stand.with { (stand) async throws in
            let results = try await stand.askAtOnce(50)
            #expect(results.count == 50 && results[49].text == "echo: 49")
            #expect(stand.fake.counters.requests[.oauth] == 1)
            #expect(stand.fake.counters.requests[.chat] == 50)
        }
    }

    @Test("a token in its last minute is not used again, and one with more to live is", arguments: [(59, 2), (75, 1)])
    func margin(seconds: Int, expected: Int) async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(Self.token { $0.life = .seconds(seconds) }, on: .oauth)
            for _ in 0..<2 { _ = try await stand.ask() }
            #expect(stand.fake.counters.tokensIssued == expected)
        }
    }

    @Test("a refusal of the token is mended by another one", arguments: ["Unauthorized", "Token has expired"])
    func refused(message: String) async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(
                ScenarioStep(status: 401, body: .json(["status": 401, "message": .string(message)])),
                on: .chat)
            #expect(try await stand.ask().text == "echo: Сколько?")
            #expect(stand.fake.counters.tokensIssued == 2)
        }
    }

    @Test("a refusal of every token ends after the second one")
    func refusedAlways() async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(ScenarioStep(status: 401), on: .chat, times: 100)
            #expect(try await stand.failure().failureClass == .auth)
            #expect(stand.fake.counters.requests[.chat] == 2)
            #expect(stand.fake.counters.requests[.oauth] == 2)
        }
    }

    @Test("twenty calls whose token was withdrawn make one token call")
    func revoked() async throws {
        try await Stand.with { (stand) async throws in
            _ = try await stand.ask()
            stand.fake.revokeAllTokens()
            #expect(try await stand.askAtOnce(20).count == 20)
            #expect(stand.fake.counters.tokensIssued == 2)
        }
    }

    @Test("a refusal that comes late does not cost the token that others have got meanwhile")
    func lateRefusal() async throws {
        try await Stand.with { (stand) async throws in
            _ = try await stand.ask()
            var late = ScenarioStep(status: 401)
            late.waitBeforeHead = .milliseconds(400)
            stand.fake.enqueue(late, on: .chat)
            stand.fake.enqueue(ScenarioStep(status: 401), on: .chat)
            #expect(try await stand.askAtOnce(2).count == 2)
            // The first token, and the one that mended both refusals.
            #expect(stand.fake.counters.tokensIssued == 2)
            #expect(stand.fake.counters.requests[.chat] == 5)
        }
    }

    @Test("a token that still lives serves while no other can be had")
    func endpointDown() async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(Self.token { $0.life = .seconds(59) }, on: .oauth)
            stand.fake.enqueue(ScenarioStep(status: 503, body: .html("<h1>SynGX</h1>")), on: .oauth, times: 100)
            for _ in 0..<2 { #expect(try await stand.ask().text == "echo: Сколько?") }
            #expect(stand.fake.counters.requests[.oauth] == 2)
        }
    }

    @Test("a token's end is understood in each form in which it is told")
    func forms() async throws {
        let shapes = [
            Self.token { $0.inSeconds = true }, Self.token { $0.isShort = true },
            Self.token {
                $0.isShort = true
                $0.inSeconds = true
            }, Self.token { $0.isPast = true }, Self.token { $0.hasNoEnd = true },
        ]
        for shape in shapes {
            try await Stand.with { (stand) async throws in
                stand.fake.enqueue(shape, on: .oauth)
                for _ in 0..<3 { _ = try await stand.ask() }
                #expect(stand.fake.counters.tokensIssued == 1)
            }
        }
    }

    @Test(
        "an answer of the token call that is none is a failure that may pass",
        arguments: [ScenarioBody.empty, .html("<html>"), .text("{"), .json([:])])
    func nonsense(body: ScenarioBody) async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(ScenarioStep(status: 200, body: body), on: .oauth)
            #expect(try await stand.failure().failureClass == .malformed)
            #expect(try await stand.ask().text == "echo: Сколько?")
        }
    }

    @Test("a wrong key is asked with once, then remembered")
    func wrongKey() async throws {
        var plan = Stand.Plan.cloud
        plan.key = "d3Jvbmc6a2V5LW9mLXRlc3Rz"
        try await Stand.with(plan) { (stand) async throws in
            for _ in 0..<3 {
                let failure = try await stand.failure()
                #expect(failure.failureClass == .auth && failure.detail.contains("code 6"))
            }
            #expect(stand.fake.counters.requests[.oauth] == 1)
            #expect(stand.fake.counters.requests[.chat] == nil)
        }
    }

    @Test("a token and an answer that are each in time and together are not run out of time")
    func budget() async throws {
        try await Stand.with { (stand) async throws in
            var slow = ScenarioStep()
            slow.waitBeforeHead = .milliseconds(1_400)
            stand.fake.enqueue(slow, on: .oauth)
            stand.fake.enqueue(slow, on: .chat)
            let failure = try await stand.failure(Stand.question(within: .seconds(2)))
            #expect(failure.failureClass == .timeout)
        }
    }

    @Test("a failure does not show the token that it was met with, though another one has taken its place")
    func formerToken() async throws {
        try await Stand.with { (stand) async throws in
            _ = try await stand.ask()
            let field = try #require(stand.fake.log.last?.headers["authorization"])
            var late = ScenarioStep(status: 400, body: .json(["message": .string("not with \(field)")]))
            late.waitBeforeHead = .milliseconds(500)
            stand.fake.enqueue(late, on: .chat)
            let engine = stand.engine
            let slow = stand.loop.spawn {
                try await engine.complete(Stand.question(), model: "GigaChat-2", budget: .seconds(60))
            }
            #expect(try await eventually(on: stand.loop) { stand.fake.counters.current == 1 })
            stand.fake.enqueue(ScenarioStep(status: 401), on: .chat)
            _ = try await stand.ask()
            let failure = await #expect(throws: ModelFailure.self) { try await slow.value }
            #expect(stand.fake.counters.tokensIssued == 2)
            #expect(failure?.detail.contains("not with Bearer ***") == true)
        }
    }
}
