import Domain
import EventLoop
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Providers

@Suite("The router")
struct ModelRouterTests {
    /// Two providers behind one gate, and the records of their calls.
    private struct Desk: Sendable {
        let first: ScriptedProvider
        let second: ScriptedProvider
        let gate = CountingGate()
        let records = Lock<[CallRecord]>([])
        var maximumTokens: Int?

        var router: ModelRouter {
            let records = records
            let choices = [ModelChoice(provider: "a", model: "m1"), ModelChoice(provider: "b", model: "m2")]
            return ModelRouter(
                [first, second].map { RoutedProvider($0, gate: gate, maximumTokens: maximumTokens) },
                table: RouteTable(tiers: [.cheap: choices, .expensive: choices]),
                prices: ModelPrices("b/*=100") ?? ModelPrices()
            ) { record in
                records.withLock { $0.append(record) }
            }
        }

        var record: CallRecord? { records.withLock { $0.last } }
    }

    private static func question(_ text: String = "secret question") -> ChatRequest {
        ChatRequest(
            .stage(.generation), [ChatMessage(.user, text)],
            context: CallContext(requestID: "job-1", timeBudget: .seconds(30)))
    }

    @Test("used-up tokens fall over to the second provider, and rest the first for the next call")
    func failover() async throws {
        let desk = Desk(
            first: ScriptedProvider("a", .failure(ModelFailure(.quotaExhausted, "402"))),
            second: ScriptedProvider("b", .answer("hello")))
        try await onLoop { _ in
            let router = desk.router
            let result = try await router.complete(Self.question())
            #expect(result.text == "hello")
            #expect(result.end.provider == "b")
            #expect(result.end.attempts == 2)
            _ = try await router.complete(Self.question())
            #expect(router.providers[0].breakerState == "quota")
        }
        #expect(desk.first.calls == 1)
        #expect(desk.second.calls == 2)
        #expect(desk.gate.inside.withLock { $0 } == 0)
        #expect(desk.record?.attempts == 1)
    }

    @Test("refused credentials are asked once")
    func unauthorized() async throws {
        let desk = Desk(
            first: ScriptedProvider("a", .failure(ModelFailure(.auth, "401"))),
            second: ScriptedProvider("b", .failure(ModelFailure(.auth, "401"))))
        try await onLoop { _ in
            let failure = await #expect(throws: ModelFailure.self) { try await desk.router.complete(Self.question()) }
            #expect(failure?.failureClass == .auth)
        }
        #expect(desk.first.calls == 1 && desk.second.calls == 1)
        #expect(desk.record?.failureClass == .auth)
        #expect(desk.gate.inside.withLock { $0 } == 0)
    }

    @Test("a call ends in one record with its tries, tokens and cost")
    func record() async throws {
        var limited = ModelFailure(.rateLimited, "429", retryAfter: .milliseconds(1))
        limited.tokens = TokenUsage(prompt: 1)
        let desk = Desk(
            first: ScriptedProvider("a", .failure(ModelFailure(.forbidden, "403"))),
            second: ScriptedProvider("b", .failure(limited), .answer("x")))
        try await onLoop { _ in _ = try await desk.router.complete(Self.question()) }
        let record = try #require(desk.record)
        #expect(desk.records.withLock { $0.count } == 1)
        #expect(record.requestID == "job-1" && record.attempts == 3 && record.failureClass == nil)
        #expect(record.choice == ModelChoice(provider: "b", model: "m2"))
        #expect(record.tokens == TokenUsage(prompt: 4, completion: 2))
        #expect(record.cost?.description == "0.000600000000")
        #expect(record.gateWait == .milliseconds(15))
        #expect(record.upstreamRequestID == "b-call")
    }

    @Test("a failed wait for a slot is the caller's failure, and nobody is asked")
    func gateTimeout() async throws {
        let provider = ScriptedProvider("a", .answer("x"))
        let gate = CountingGate(failure: ModelFailure(.timeout, "no slot"))
        let router = ModelRouter(
            [RoutedProvider(provider, gate: gate)],
            table: RouteTable(tiers: [.expensive: [ModelChoice(provider: "a", model: "m")]])
        ) { _ in }
        try await onLoop { _ in
            let failure = await #expect(throws: ModelFailure.self) { try await router.complete(Self.question()) }
            #expect(failure?.failureClass == .timeout)
        }
        #expect(provider.calls == 0)
    }

    @Test("a slot that comes when no time is left is given back, and neither asks the provider nor counts against it")
    func lateSlot() async throws {
        let desk = Desk(first: ScriptedProvider("a", .answer("x")), second: ScriptedProvider("b", .answer("x")))
        try await onLoop { _ in
            let router = desk.router
            var late = Self.question()
            late.context.timeBudget = .zero
            for _ in 0..<6 {
                let failure = await #expect(throws: ModelFailure.self) { _ = try await router.complete(late) }
                #expect(failure?.failureClass == .timeout)
            }
            #expect(router.providers[0].breakerState == "closed")
        }
        #expect(desk.first.calls == 0 && desk.gate.inside.withLock { $0 } == 0)
    }

    @Test("a slot is waited for no longer than the caller wants, and what was paid until then is told")
    func slotWait() async throws {
        var limited = ModelFailure(.quotaExhausted, "402")
        limited.tokens = TokenUsage(prompt: 4)
        let choices = [ModelChoice(provider: "a", model: "m"), ModelChoice(provider: "b", model: "m")]
        let full = ProviderGate("full", limit: CapacityLimit(slots: 1))
        let router = ModelRouter(
            [
                RoutedProvider(ScriptedProvider("a", .failure(limited)), gate: CountingGate()),
                RoutedProvider(ScriptedProvider("b", .answer("x")), gate: full),
            ], table: RouteTable(tiers: [.expensive: choices])
        ) { _ in }
        try await onLoop { _ in
            var question = Self.question()
            question.context.longestSlotWait = .milliseconds(20)
            let asked = question
            let failure = await #expect(throws: ModelFailure.self) { try await router.complete(asked) }
            #expect(failure?.failureClass == .timeout && failure?.localWait == .milliseconds(20))
            #expect(failure?.tokens == TokenUsage(prompt: 4))
        }
    }

    @Test("a stream falls over before its first piece, and never after it")
    func streams() async throws {
        let broken = ModelFailure(.transport, "cut")
        let desk = Desk(
            first: ScriptedProvider("a", .failure(ModelFailure(.forbidden, "403"))),
            second: ScriptedProvider("b", .broken(["one"], broken)))
        try await onLoop { _ in
            let stream = try await desk.router.stream(Self.question())
            #expect(stream.source == ChatSource(model: "m2", provider: "b"))
            #expect(try await stream.next() == .text("one"))
            var failure: ModelFailure?
            do throws(ModelFailure) { _ = try await stream.next() } catch { failure = error }
            #expect(failure?.isInterrupted == true)
            #expect(failure?.failureClass == .transport)
            stream.close()
        }
        #expect(desk.second.calls == 1)
        #expect(desk.records.withLock { $0.count } == 1)
        #expect(desk.gate.inside.withLock { $0 } == 0)
    }

    @Test("a stream that is closed early gives its slot back")
    func closed() async throws {
        let desk = Desk(first: ScriptedProvider("a", .answer("x")), second: ScriptedProvider("b", .answer("x")))
        try await onLoop { _ in
            let stream = try await desk.router.stream(Self.question())
            #expect(desk.gate.inside.withLock { $0 } == 1)
            stream.close()
            stream.close()
        }
        #expect(desk.gate.inside.withLock { $0 } == 0)
        #expect(desk.record?.failureClass == .cancelled)
    }

    @Test("a question over the limit is refused before it is sent, and the limit bounds the answer")
    func tokenLimit() async throws {
        let desk = Desk(
            first: ScriptedProvider("a", .answer("x")), second: ScriptedProvider("b", .answer("x")),
            maximumTokens: 100)
        try await onLoop { _ in
            let failure = await #expect(throws: ModelFailure.self) {
                try await desk.router.complete(Self.question(String(repeating: "я", count: 404)))
            }
            #expect(failure?.failureClass == .badRequest)
            #expect(desk.first.calls == 0)
            _ = try await desk.router.complete(Self.question())
        }
        #expect(desk.first.asked.withLock { $0[0].sampling.maximumTokens } == 100)
    }

    @Test("one provider's failure does not empty the listing, which is asked for once")
    func listing() async throws {
        let desk = Desk(
            first: ScriptedProvider("a", listing: .success(["m1", "m3"]), .answer("x")),
            second: ScriptedProvider("b", listing: .failure(ModelFailure(.auth, "401")), .answer("x")))
        try await onLoop { _ in
            let router = desk.router
            let listing = await router.models()
            #expect(listing.models.map(\.id) == ["m1", "m3"])
            #expect(listing.failures.keys.sorted() == ["b"])
            _ = await router.models()
        }
        #expect(desk.first.listed.withLock { $0 } == 1)
    }

    @Test("no line of the log has the question in it")
    func log() async throws {
        let desk = Desk(
            first: ScriptedProvider("a", .failure(ModelFailure(.quotaExhausted, "secret detail"))),
            second: ScriptedProvider("b", .answer("secret answer")))
        try await onLoop { _ in _ = try await desk.router.complete(Self.question()) }
        let file = FileManager.default.temporaryDirectory.appending(path: "router-\(UUID().uuidString).log")
        defer {
            do { try FileManager.default.removeItem(at: file) } catch { Issue.record(error) }
        }
        let sink = try LogSink(minimumLevel: .debug, format: .json, file: file.path)
        try #require(desk.record).log(to: Logger(sink))
        sink.close()
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains(#""provider":"b""#) && text.contains(#""attempts":2"#))
        #expect(!text.contains("secret"))
    }
}
