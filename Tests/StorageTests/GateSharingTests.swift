import Domain
import EventLoop
import Providers
import Storage
import Telemetry
import TestSupport
import Testing

@Suite("Two gates on one database", .serialized, .timeLimit(.minutes(10)))
struct GateSharingTests {
    /// Counts calls, and how many there are at a time.
    private final class Meter: @unchecked Sendable {
        // Safety: touched by tasks of one loop only.
        var present = 0
        var peak = 0
        var calls = [0, 0]
        /// The time of all calls together, as far as it lies before the end of the measurement.
        var busy = Duration.zero

        func begin(_ gate: Int) {
            present += 1
            peak = max(peak, present)
            calls[gate] += 1
        }

        func finish(_ start: MonotonicTime, before end: MonotonicTime) {
            present -= 1
            if start < end { busy += min(.now, end) - start }
        }
    }

    static func quietLogger() throws -> Logger { Logger(try LogSink(minimumLevel: .error, format: .text)) }

    private static let callTime = Duration.milliseconds(100)
    private static let span = Duration.seconds(4)

    /// Keeps `callers` callers of each gate busy for `span`.
    private static func load(slots: Int, callers: Int, _ bench: Bench) async throws -> Meter {
        let loop = bench.loops[0]
        let limit = CapacityLimit(slots: slots)
        let gates = [ProviderGate("r", limit: limit), ProviderGate("r", limit: limit)]
        let meter = Meter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, gate) in gates.enumerated() {
                let keeper = GateKeeper(
                    on: loop, gates: [gate], ledger: bench.capacity, owner: "process-\(index)",
                    logger: try Self.quietLogger())
                group.addTask(executorPreference: loop) { await keeper.run(on: loop) }
            }
            try await withThrowingTaskGroup(of: Void.self) { work in
                let end = MonotonicTime.now + span
                for index in 0..<2 * callers {
                    work.addTask(executorPreference: loop) {
                        while MonotonicTime.now < end {
                            let gate = gates[index % 2]
                            let permit = try await gate.enter(client: "c\(index)", within: .seconds(60))
                            let start = MonotonicTime.now
                            meter.begin(index % 2)
                            try await loop.sleep(for: callTime)
                            meter.finish(start, before: end)
                            permit.leave()
                        }
                    }
                }
                try await work.waitForAll()
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        return meter
    }

    @Test("never more calls than slots run at a time, and the slots are in use nearly all the time")
    func limitAndUse() async throws {
        try await Bench.run(connections: 4) { bench in
            let meter = try await Self.load(slots: 10, callers: 20, bench)
            #expect(meter.peak == 10)
            let share = meter.busy.inSeconds / (10 * Self.span.inSeconds)
            print("slots in use: \(share), calls by gate: \(meter.calls)")
            // 0.98 and more on a machine that has nothing else to do.
            #expect(share > 0.9)
            #expect(meter.calls.allSatisfy { $0 >= 40 })
        }
    }

    @Test("a single slot serves both processes in turn")
    func singleSlot() async throws {
        try await Bench.run(connections: 4) { bench in
            let meter = try await Self.load(slots: 1, callers: 3, bench)
            #expect(meter.peak == 1)
            #expect(meter.calls.allSatisfy { $0 >= 3 })
        }
    }

    @Test("a caller whose time is over or whose task is cancelled leaves the line, and the slot comes back once")
    func leaving() async throws {
        try await Bench.run(connections: 4) { bench in
            let loop = bench.loops[0]
            let gate = ProviderGate("r", limit: CapacityLimit(slots: 1))
            let keeper = GateKeeper(
                on: loop, gates: [gate], ledger: bench.capacity, owner: "process", logger: try Self.quietLogger())
            let running = loop.spawn { await keeper.run(on: loop) }
            let first = try await gate.enter(client: "a", within: .seconds(60))
            await #expect(throws: ModelFailure.self) {
                _ = try await gate.enter(client: "a", within: .milliseconds(20))
            }
            let waiting = loop.spawn { _ = try await gate.enter(client: "b", within: .seconds(60)) }
            #expect(try await eventually(on: loop) { gate.snapshot.waiting == 1 })
            waiting.cancel()
            await #expect(throws: ModelFailure.self) { try await waiting.value }
            first.leave()
            first.leave()
            let second = try await gate.enter(client: "c", within: .seconds(60))
            #expect(gate.snapshot.inUse == 1)
            second.leave()
            running.cancel()
            _ = await running.result
        }
    }
}
