import Domain
import EventLoop
import Telemetry
import TestSupport
import Testing
import Worker

@Suite("Worker")
struct WorkerTests {
    @Test("a job is done, its end stored, and only then its message acknowledged")
    func completes() async throws {
        let bench = WorkerBench(ScriptedModel(.answer("[[1]]")), [delivery(jobID(1), at: 10)])
        bench.ledger.add(jobID(1))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(1)] } == .completed)
        }
    }

    @Test("a second delivery of the same job does nothing")
    func redelivery() async throws {
        let bench = WorkerBench(
            ScriptedModel(.answer("[[1]]")), [delivery(jobID(1), at: 1), delivery(jobID(1), at: 2)])
        bench.ledger.add(jobID(1))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(2, on: worker.loop))
            #expect(bench.model.requests.count == 1)
        }
    }

    @Test("a job that the database does not know is stored first, then done")
    func adopted() async throws {
        let bench = WorkerBench(ScriptedModel(.answer("[[1]]")), [delivery(jobID(9), at: 1)])
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.adopted.map(\.id) } == [jobID(9)])
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(9)] } == .completed)
        }
    }

    @Test("a poison message is buried, once the queue takes it, and the next one is done")
    func poison() async throws {
        let bench = WorkerBench(
            ScriptedModel(.answer("[[1]]")), [delivery(value: "{", at: 1), delivery(jobID(2), at: 2)])
        bench.ledger.add(jobID(2))
        bench.queue.failures.withLock { $0 = 2 }
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(2, on: worker.loop))
            #expect(bench.queue.buried.withLock { $0.count } == 1)
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(2)] } == .completed)
        }
    }

    @Test("a database that is away for a moment loses nothing")
    func outage() async throws {
        let bench = WorkerBench(ScriptedModel(.answer("[[1]]")), [delivery(jobID(1), at: 1)])
        bench.ledger.add(jobID(1))
        bench.ledger.state.withLock { $0.outages = 3 }
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(1)] } == .completed)
            #expect(bench.model.requests.count == 1)
        }
    }

    @Test("the model's failure ends the job as failed")
    func failure() async throws {
        let bench = WorkerBench(ScriptedModel(.failure(ModelFailure(.auth, "no"))), [delivery(jobID(1), at: 1)])
        bench.ledger.add(jobID(1))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(1)] } == .failed)
        }
    }

    @Test("a job that takes too long fails with what was paid for by then")
    func tooLongAndPaid() async throws {
        let model = ScriptedModel(.answer(#"{"category":"analysis","confidence":0.8}"#), .hang)
        var bench = WorkerBench(model, [delivery(jobID(1), at: 1)])
        bench.configuration.maximumProcessingTime = .milliseconds(200)
        bench.ledger.add(jobID(1), JobInput(query: "q"))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            let end = bench.ledger.state.withLock { $0.ends[jobID(1)] }
            guard case .failed(let failure)? = end else {
                Issue.record("the job has not failed")
                return
            }
            #expect(failure.failureClass == .timeout)
            #expect(failure.tokens == TokenUsage(prompt: 3, completion: 2))
        }
    }

    @Test("a job that got no slot goes back to wait, with no attempt used up, and never fails for it")
    func noSlot() async throws {
        let failure = ModelFailure(.timeout, "no slot", localWait: .seconds(900))
        var bench = WorkerBench(ScriptedModel(.failure(failure)), [delivery(jobID(1), at: 1)])
        bench.configuration.retries.maximumRetries = 0
        bench.ledger.add(jobID(1))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            let retries = bench.ledger.state.withLock { $0.retries }
            #expect(retries.count == 1 && retries.first?.failure.isLocalLimit == true)
            #expect(retries.first?.timeSpent == .zero)
            #expect(bench.ledger.state.withLock { $0.ends.isEmpty })
        }
    }

    @Test("a failure that may pass puts the job off, and its message is acknowledged")
    func putsOff() async throws {
        let failure = ModelFailure(.rateLimited, "later", retryAfter: .seconds(5))
        let bench = WorkerBench(ScriptedModel(.failure(failure)), [delivery(jobID(1), at: 1)])
        bench.ledger.add(jobID(1))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            let retries = bench.ledger.state.withLock { $0.retries }
            #expect(retries.map(\.pause) == [.seconds(5)])
            #expect(retries.map(\.failure.failureClass) == [.rateLimited])
            #expect(bench.ledger.state.withLock { $0.ends.isEmpty })
        }
    }

    @Test("a job that has no retry left fails")
    func givesUp() async throws {
        let failure = ModelFailure(.server, "broken")
        var bench = WorkerBench(ScriptedModel(.failure(failure)), [delivery(jobID(1), at: 1)])
        bench.configuration.retries.maximumRetries = 0
        bench.ledger.add(jobID(1))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(1)] } == .failed)
        }
    }

    @Test("a job that takes too long fails as timed out")
    func tooLong() async throws {
        var bench = WorkerBench(ScriptedModel(.hang), [delivery(jobID(1), at: 1)])
        bench.configuration.maximumProcessingTime = .milliseconds(50)
        bench.ledger.add(jobID(1))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            guard case .failed(let failure)? = bench.ledger.state.withLock({ $0.ends[jobID(1)] }) else {
                Issue.record("the job must have failed")
                return
            }
            #expect(failure.failureClass == .timeout)
        }
    }

    @Test("what earlier tries took counts against the time for a job", .timeLimit(.minutes(10)))
    func timeSpent() async throws {
        let bench = WorkerBench(ScriptedModel(.hang), [delivery(jobID(1), at: 1)])
        bench.ledger.add(jobID(1))
        bench.ledger.state.withLock { $0.timeSpent = bench.configuration.maximumProcessingTime - .milliseconds(20) }
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(1)] } == .failed)
        }
    }

    @Test("a job whose lease was lost is stopped and stores nothing")
    func leaseLost() async throws {
        var bench = WorkerBench(ScriptedModel(.hang), [delivery(jobID(1), at: 1)])
        bench.configuration.heartbeat = .milliseconds(20)
        bench.ledger.add(jobID(1))
        bench.ledger.state.withLock { $0.losesLeases = true }
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.ends.isEmpty })
        }
    }

    @Test("on shutdown a running job is handed back and its message is left for the next worker")
    func handsBack() async throws {
        let bench = WorkerBench(ScriptedModel(.hang), [delivery(jobID(1), at: 1)])
        bench.ledger.add(jobID(1))
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { bench.model.requests.count == 1 })
            worker.value.stopJobs()
            #expect(
                try await eventually(on: worker.loop) { bench.ledger.state.withLock { $0.handedBack.count } == 1 })
            #expect(bench.source.acknowledged.withLock { $0.isEmpty })
        }
    }

    @Test("a running job is finished when no more jobs are taken")
    func finishesRunning() async throws {
        try await onLoop { loop in
            let ledger = MemoryLedger()
            ledger.add(jobID(1))
            let source = ScriptedSource([delivery(jobID(1), at: 1)])
            let worker = Worker(
                on: loop, configuration: WorkerConfiguration(owner: "test"), ledger: ledger, queue: MemoryQueue(),
                source: source, pipeline: JobPipeline(models: SlowModel(), prompts: testPrompts, tokenBudget: 8192),
                relaySignal: Signal(on: loop), logger: try quietLogger())
            let bound = LoopBound(worker, to: loop)
            let intake = loop.spawn { await bound.value.takeJobs() }
            let running = loop.spawn { await bound.value.runJobs() }
            #expect(try await eventually(on: loop) { worker.runningCount == 1 })
            intake.cancel()
            _ = await running.result
            #expect(ledger.state.withLock { $0.jobs[jobID(1)] } == .completed)
            #expect(source.acknowledged.withLock { $0 } == [1])
        }
    }

    @Test("pipelines run on all loops but the worker's own, one as often as the other; a stop reaches each")
    func pipelineLoops() async throws {
        var bench = WorkerBench(
            ScriptedModel(.hang), (1...12).map { delivery(jobID(UInt64($0)), at: Int64($0)) })
        bench.loopCount = 3
        bench.configuration.concurrency = 12
        for number in 1...12 { bench.ledger.add(jobID(UInt64(number))) }
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { bench.model.requests.count == 12 })
            #expect(bench.model.places.sorted() == [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2])
            worker.value.stopJobs()
            #expect(
                try await eventually(on: worker.loop) { bench.ledger.state.withLock { $0.handedBack.count } == 12 })
        }
    }

    @Test("no more jobs are begun than there is room for, and more as soon as there is")
    func room() async throws {
        let deliveries = (1...20).map { delivery(jobID(UInt64($0)), at: Int64($0)) }
        var bench = WorkerBench(ScriptedModel(.answer("[[1]]")), deliveries)
        let capacity = NarrowCapacity()
        bench.capacity = capacity
        for number in 1...20 { bench.ledger.add(jobID(UInt64(number))) }
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { capacity.wanted >= 1 })
            #expect(bench.ledger.state.withLock { $0.mostRunning } == 0)
            capacity.widen(to: 2)
            #expect(try await bench.acknowledged(20, on: worker.loop))
        }
        #expect(capacity.wanted == 0)
    }

    @Test("while slots become free often, a few jobs are held ready for them; otherwise none")
    func ahead() async throws {
        for (answers, expected) in [(0, 10...10), (100, 11...138)] {
            let deliveries = (1...300).map { delivery(jobID(UInt64($0)), at: Int64($0)) }
            var bench = WorkerBench(ScriptedModel(answering: answers), deliveries)
            let capacity = NarrowCapacity()
            capacity.widen(to: 10)
            bench.capacity = capacity
            for number in 1...300 { bench.ledger.add(jobID(UInt64(number))) }
            try await bench.run { (bench, worker) async throws in
                #expect(try await bench.acknowledged(answers, on: worker.loop))
                #expect(try await eventually(on: worker.loop) { expected.contains(worker.value.runningCount) })
                // Whatever else comes, no more are begun.
                await worker.loop.pause(for: .milliseconds(50))
                #expect(expected.contains(worker.value.runningCount))
            }
        }
    }
}

/// Has no room at first.
private final class NarrowCapacity: WorkCapacity {
    private let state = Lock((room: 0, wanted: 0, onGrowth: (@Sendable () -> Void)?.none))

    var wanted: Int { state.withLock { $0.wanted } }

    func room(wanting wanted: Int) -> Int {
        state.withLock { state in
            state.wanted = wanted
            return state.room
        }
    }

    func onGrowth(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.onGrowth = body }
    }

    func widen(to room: Int) {
        let body = state.withLock { state in
            state.room = room
            return state.onGrowth
        }
        body?()
    }
}
