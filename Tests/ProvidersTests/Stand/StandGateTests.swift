import Domain
import EventLoop
import FakeProviders
import Telemetry
import TestSupport
import Testing

@testable import Providers

@Suite("GigaChat's provider behind its gate, against the fake", .timeLimit(.minutes(10)))
struct StandGateTests {
    /// Gives one process all that it wants, within the limit.
    private struct LoneLedger: CapacityLedger {
        func exchange(
            _ wishes: [CapacityWish], owner: String, lease: Duration
        ) async throws(StoreError) -> [CapacityGrant] {
            wishes.map { wish in
                let slots = min(max(wish.keep, wish.demand), wish.limit.slots ?? 0)
                return CapacityGrant(wish.resource, slots: slots, entitled: slots, peers: 0, tokens: wish.tokensWanted)
            }
        }

        func withdraw(owner: String) async throws(StoreError) {}
    }

    /// A fake that answers one request at a time, and a router whose gate lets through as many.
    private static func with(_ body: @escaping @Sendable (Stand, ModelRouter) async throws -> Void) async throws {
        var plan = Stand.Plan.cloud
        plan.settings.concurrencyLimit = 1
        try await Stand.with(plan) { (stand) async throws in
            let gate = ProviderGate("gigachat", limit: CapacityLimit(slots: 1, rate: nil))
            let logger = Logger(try LogSink(minimumLevel: .error, format: .text))
            let keeper = GateKeeper(
                on: stand.loop, gates: [gate], ledger: LoneLedger(), owner: "test", logger: logger)
            let loop = stand.loop
            let running = loop.spawn { await keeper.run(on: loop) }
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(stand, stand.router(gate: gate)))
            } catch {
                outcome = .failure(error)
            }
            running.cancel()
            _ = await running.result
            try outcome.get()
        }
    }

    @Test("ten callers are answered one after another, and none meets the provider's limit")
    func oneByOne() async throws {
        try await Self.with { (stand, router) async throws in
            stand.fake.settings.answerDelay = .milliseconds(5)
            let tasks = (0..<10).map { number in
                stand.loop.spawn { try await router.complete(Stand.question("\(number)")).text }
            }
            for (number, task) in tasks.enumerated() { #expect(try await task.value == "echo: \(number)") }
            #expect(stand.fake.counters.peak == 1)
            #expect(stand.fake.log.allSatisfy { $0.status == 200 })
        }
    }

    @Test("a call that is cancelled, fails or is dropped in the middle leaves its slot to the next one")
    func slotReturns() async throws {
        try await Self.with { (stand, router) async throws in
            let fake = stand.fake
            var stall = ScenarioStep()
            stall.ending = .stall(after: nil)
            fake.enqueue(stall, on: .chat)
            let cancelled = stand.loop.spawn { try await router.complete(Stand.question()) }
            #expect(try await eventually(on: stand.loop) { fake.counters.current == 1 })
            cancelled.cancel()
            let failure = await #expect(throws: ModelFailure.self) { try await cancelled.value }
            #expect(failure?.failureClass == .cancelled)
            #expect(try await eventually(on: stand.loop) { fake.counters.current == 0 })

            fake.enqueue(ScenarioStep(status: 400), on: .chat)
            await #expect(throws: ModelFailure.self) { try await router.complete(Stand.question()) }

            stall.ending = .stall(after: 300)
            fake.enqueue(stall, on: .chat)
            let stream = try await router.stream(Stand.question(String(repeating: "x", count: 300)))
            stream.close()
            #expect(try await eventually(on: stand.loop) { fake.counters.current == 0 })

            #expect(try await router.complete(Stand.question()).text == "echo: Сколько?")
            #expect(fake.counters.peak == 1)
        }
    }
}
