import Domain
import EventLoop
import TestSupport
import Testing

@testable import Worker

@Suite("Slots", .timeLimit(.minutes(10)))
struct SlotTests {
    private static func bench(_ model: ScriptedModel, jobs: Int, slots: Int) -> WorkerBench {
        var bench = WorkerBench(model, (1...jobs).map { delivery(jobID(UInt64($0)), at: Int64($0)) })
        bench.configuration.concurrency = slots
        for number in 1...jobs { bench.ledger.add(jobID(UInt64(number))) }
        return bench
    }

    @Test("never more jobs are at their model than there are slots, though more are claimed for those to come")
    func slots() async throws {
        let model = ScriptedModel(answering: 1000, after: .milliseconds(1))
        try await Self.bench(model, jobs: 100, slots: 3).run { (bench, worker) async throws in
            let isDone = try await bench.acknowledged(100, on: worker.loop)
            #expect(isDone)
            #expect(bench.model.mostUnderWay == 3)
            #expect(bench.ledger.state.withLock { $0.mostRunning } > 3)
        }
    }

    @Test("a job that was claimed for a slot that does not become free goes back after a second; those with slots stay")
    func noSlot() async throws {
        var bench = Self.bench(ScriptedModel(answering: 100), jobs: 200, slots: 2)
        bench.configuration.slotPatience = WorkerConfiguration(owner: "usual").slotPatience
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { bench.model.requests.count == 102 })
            let claimed = worker.value.runningCount
            #expect(claimed > 2)
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 2 })
            #expect(bench.ledger.state.withLock { $0.handedBack.count } >= claimed - 2)
            #expect(bench.model.requests.count == 102)
        }
    }

    @Test("a worker that stops gives back the jobs that have a slot and those that wait for one")
    func stop() async throws {
        try await Self.bench(ScriptedModel(answering: 100), jobs: 200, slots: 2).run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { bench.model.requests.count == 102 })
            let claimed = worker.value.runningCount
            worker.value.stopJobs()
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 0 })
            #expect(bench.ledger.state.withLock { $0.handedBack.count } == claimed)
        }
    }
}
