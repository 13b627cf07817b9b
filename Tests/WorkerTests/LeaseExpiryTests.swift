import Domain
import EventLoop
import TestSupport
import Testing
import Worker

@Suite("Leases that run out", .timeLimit(.minutes(10)))
struct LeaseExpiryTests {
    /// Runs `body` beside a worker whose only job is at a model that never answers.
    private func run(
        _ ledger: MemoryLedger, lease: Duration,
        _ body: @escaping @Sendable (EventLoop, LoopBound<Worker>, ScriptedModel) async throws -> Void
    ) async throws {
        try await onLoop { loop in
            let model = ScriptedModel(.hang)
            ledger.add(jobID(1))
            var configuration = WorkerConfiguration(owner: "test")
            configuration.lease = lease
            configuration.heartbeat = lease / 10
            let worker = Worker(
                on: loop, configuration: configuration, ledger: ledger, queue: MemoryQueue(),
                source: ScriptedSource([delivery(jobID(1), at: 1)]),
                pipeline: JobPipeline(models: model, prompts: testPrompts, tokenBudget: 8192),
                relaySignal: Signal(on: loop), logger: try quietLogger())
            let bound = LoopBound(worker, to: loop)
            let tasks = [
                loop.spawn { await bound.value.takeJobs() }, loop.spawn { await bound.value.runJobs() },
                loop.spawn { await bound.value.keepLeases() }, loop.spawn { await bound.value.watchLeases() },
            ]
            #expect(try await eventually(on: loop) { model.requests.count == 1 })
            try await body(loop, bound, model)
            worker.stopJobs()
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
        }
    }

    @Test("a call is cut off when its lease runs out while the database is away, and not before")
    func cutOff() async throws {
        let ledger = MemoryLedger()
        ledger.state.withLock { $0.refusesRenewals = true }
        let lease = Duration.milliseconds(500)
        let start = MonotonicTime.now
        try await run(ledger, lease: lease) { (loop, worker, _) async throws in
            #expect(try await eventually(on: loop) { worker.value.runningCount == 0 })
            #expect(MonotonicTime.now - start >= lease)
            #expect(ledger.state.withLock { $0.ends.isEmpty && $0.handedBack.isEmpty })
        }
    }

    @Test("a call goes on for as long as its lease is extended")
    func goesOn() async throws {
        let ledger = MemoryLedger()
        let lease = Duration.seconds(1)
        try await run(ledger, lease: lease) { (loop, worker, _) async throws in
            try await loop.sleep(for: lease * 2.5)
            #expect(worker.value.runningCount == 1)
        }
    }
}
