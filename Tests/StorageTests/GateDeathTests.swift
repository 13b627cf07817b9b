import Domain
import EventLoop
import Providers
import Storage
import TestSupport
import Testing

@Suite("Three gates of which one dies", .serialized, .timeLimit(.minutes(10)))
struct GateDeathTests {
    /// The ledger as one process has it; from its death on nothing of it arrives.
    private final class MortalLedger: CapacityLedger, @unchecked Sendable {
        // Safety: touched by tasks of one loop only.
        private let ledger: any CapacityLedger
        var isDead = false
        /// Exchanges that are on their way.
        private(set) var underWay = 0

        init(_ ledger: any CapacityLedger) {
            self.ledger = ledger
        }

        func exchange(
            _ wishes: [CapacityWish], owner: String, lease: Duration
        ) async throws(StoreError) -> [CapacityGrant] {
            if isDead { throw .unavailable("dead") }
            underWay += 1
            defer { underWay -= 1 }
            return try await ledger.exchange(wishes, owner: owner, lease: lease)
        }

        func withdraw(owner: String) async throws(StoreError) {
            if isDead { throw .unavailable("dead") }
            try await ledger.withdraw(owner: owner)
        }
    }

    /// One process: its gate, its keeper, its callers, and the calls that they have under way.
    private final class Process: @unchecked Sendable {
        // Safety: touched by tasks of one loop only.
        let name: String
        let gate: ProviderGate
        let ledger: MortalLedger
        var present = 0
        var calls = 0

        init(_ name: String, slots: Int, _ ledger: any CapacityLedger) {
            self.name = name
            gate = ProviderGate("r", limit: CapacityLimit(slots: slots))
            self.ledger = MortalLedger(ledger)
        }
    }

    /// What happens, all of it drawn from a seed.
    private struct Plan {
        let slots: Int
        let callers: [Int]
        let death: Duration
        var generator: SeededGenerator

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            let slots = Int.random(in: 6...12, using: &generator)
            self.slots = slots
            // Each of them wants all there is, so that each has a part to lose.
            callers = (0..<3).map { _ in Int.random(in: slots...2 * slots, using: &generator) }
            death = .milliseconds(Int.random(in: 1_500...2_500, using: &generator))
            self.generator = generator
        }
    }

    /// What was seen of the calls of all processes that live.
    private final class Record: @unchecked Sendable {
        // Safety: touched by tasks of one loop only.
        var peak = 0
        /// The most calls of those that stay, since the last question.
        var recentPeak = 0
    }

    private static func call(
        _ process: Process, _ all: [Process], _ record: Record, _ client: String, _ loop: EventLoop,
        _ generator: SeededGenerator
    ) async throws {
        var generator = generator
        while !process.ledger.isDead, !Task.isCancelled {
            let permit = try await process.gate.enter(client: client, within: .seconds(60))
            guard !process.ledger.isDead else { return permit.leave() }
            process.present += 1
            process.calls += 1
            let present = all.reduce(0) { $0 + ($1.ledger.isDead ? 0 : $1.present) }
            record.peak = max(record.peak, present)
            record.recentPeak = max(record.recentPeak, present)
            try await loop.sleep(for: .milliseconds(Int.random(in: 5...60, using: &generator)))
            process.present -= 1
            permit.leave()
        }
    }

    @Test(
        "its slots go to no one before its lease is over, and to the others soon after, never more than there are",
        arguments: [7, 77, 777] as [UInt64])
    func death(seed: UInt64) async throws {
        try await Bench.run(connections: 4) { bench in
            let loop = bench.loops[0]
            var plan = Plan(seed: seed)
            let all = (0..<3).map { Process("process-\($0)", slots: plan.slots, bench.capacity) }
            let record = Record()
            var tasks: [Task<Void, any Error>] = []
            for (index, process) in all.enumerated() {
                let keeper = GateKeeper(
                    on: loop, gates: [process.gate], ledger: process.ledger, owner: process.name,
                    logger: try GateSharingTests.quietLogger())
                tasks.append(loop.spawn { await keeper.run(on: loop) })
                for caller in 0..<plan.callers[index] {
                    let generator = SeededGenerator(seed: plan.generator.next())
                    tasks.append(
                        loop.spawn { try await Self.call(process, all, record, "c\(caller % 3)", loop, generator) })
                }
            }
            #expect(try await eventually(on: loop) { all.allSatisfy { $0.calls > 0 } }, "seed \(seed)")
            try await loop.sleep(for: plan.death)
            let dead = all[2]
            dead.ledger.isDead = true
            let death = MonotonicTime.now
            // What had left by then may still give slots back.
            #expect(try await eventually(on: loop) { dead.ledger.underWay == 0 })
            let text = try await bench.value("SELECT slots FROM capacity_leases WHERE owner = '\(dead.name)'")
            let lost = try #require(text.flatMap { Int($0) })
            #expect(lost > 0, "seed \(seed): the dead one had nothing to lose")
            // What was begun before belongs to the time before.
            try await loop.sleep(for: .milliseconds(100))
            record.recentPeak = 0
            // Its lease is at most a tick old; the others have the rest until it is over.
            try await loop.sleep(for: death + .milliseconds(2_500) - .now)
            if MonotonicTime.now - death < .milliseconds(2_900) {
                #expect(record.recentPeak <= plan.slots - lost, "seed \(seed)")
            }
            record.recentPeak = 0
            #expect(try await eventually(on: loop) { record.recentPeak == plan.slots }, "seed \(seed)")
            print("seed \(seed): \(lost) of \(plan.slots) slots came back after \(MonotonicTime.now - death)")
            #expect(record.peak == plan.slots, "seed \(seed)")
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
        }
    }
}
