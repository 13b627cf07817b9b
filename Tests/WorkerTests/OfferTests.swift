import Domain
import EventLoop
import Telemetry
import TestSupport
import Testing

@testable import Worker

@Suite("Jobs that are offered before their messages come")
struct OfferTests {
    private func ticket(_ number: UInt64, of client: String = "a") -> JobTicket {
        JobTicket(id: jobID(number), client: client, priority: .normal, createdAt: WallTime(microseconds: 0))
    }

    private func bench(_ model: ScriptedModel = ScriptedModel(.answer("[[1]]")), jobs: ClosedRange<UInt64>)
        -> WorkerBench
    {
        let bench = WorkerBench(model, [])
        for number in jobs { bench.ledger.add(jobID(number)) }
        return bench
    }

    @Test("an offered job is done without a message, and its message is acknowledged without another claim")
    func withoutMessage() async throws {
        try await bench(jobs: 1...1).run { (bench, worker) async throws in
            worker.value.offer([ticket(1)])
            #expect(try await eventually(on: worker.loop) { bench.ledger.state.withLock { $0.ends.count } == 1 })
            bench.source.deliver([delivery(jobID(1), at: 7, of: "a")])
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.claims } == [[jobID(1)]])
        }
    }

    @Test("a message that comes while its job runs is acknowledged; a second one leads to a claim in vain")
    func whileRunning() async throws {
        try await bench(ScriptedModel(.hang), jobs: 1...1).run { (bench, worker) async throws in
            worker.value.offer([ticket(1)])
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 1 })
            bench.source.deliver([delivery(jobID(1), at: 7, of: "a")])
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.claims.count } == 1)
            bench.source.deliver([delivery(jobID(1), at: 8, of: "a")])
            #expect(try await bench.acknowledged(2, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.claims.count } == 2)
        }
    }

    @Test("a job that was offered and waits again is done when its message comes")
    func retried() async throws {
        let busy = ModelFailure(.server, "busy")
        let model = ScriptedModel(.failure(busy), .answer("[[1]]"))
        try await bench(model, jobs: 1...1).run { (bench, worker) async throws in
            worker.value.offer([ticket(1)])
            #expect(try await eventually(on: worker.loop) { bench.ledger.state.withLock { $0.retries.count } == 1 })
            bench.source.deliver([delivery(jobID(1), at: 7, of: "a")])
            #expect(try await bench.acknowledged(1, on: worker.loop))
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(1)] } == .completed)
            #expect(bench.ledger.state.withLock { $0.claims.count } == 2)
        }
    }

    @Test("a job that is offered twice, or offered and delivered, waits once")
    func once() async throws {
        var bench = bench(ScriptedModel(.hang), jobs: 1...2)
        bench.configuration.concurrency = 1
        try await bench.run { (bench, worker) async throws in
            worker.value.offer([ticket(1)])
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 1 })
            worker.value.offer([ticket(2), ticket(2)])
            bench.source.deliver([delivery(jobID(2), at: 2, of: "a")])
            #expect(try await eventually(on: worker.loop) { bench.source.undeliveredCount == 0 })
            worker.value.offer([ticket(2)])
            #expect(worker.value.backlog.jobCount == 1)
        }
    }

    @Test("offers find room for a thousand jobs in line; messages still come for the others")
    func bound() {
        var backlog = Backlog(window: 20_000, maximumBytes: 1, ageing: .seconds(30))
        backlog.offer((1...990).map { ticket($0) })
        backlog.offer((2_001...2_100).map { ticket($0) })
        #expect(backlog.jobCount == 1_000)
        let isInLine = backlog.add(ticket(3_000), at: QueuePosition(topic: "t", partition: 0, offset: 1))
        #expect(isInLine)
        #expect(backlog.jobCount == 1_001)
    }

    @Test("a message that arrives between a job's turn and its claim belongs to the job")
    func between() {
        var backlog = Backlog(window: 100, maximumBytes: 1, ageing: .seconds(30))
        backlog.offer([ticket(1)])
        let next = backlog.next(1).map(\.id)
        #expect(next == [jobID(1)])
        let position = QueuePosition(topic: "t", partition: 0, offset: 9)
        let isInLine = backlog.add(ticket(1), at: position)
        let positions = backlog.didBegin(jobID(1))
        #expect(isInLine && positions == [position])
        #expect(backlog.jobCount == 0)
        // Nothing is expected any more: what comes now is another delivery.
        let isInLineAgain = backlog.add(ticket(1), at: position)
        #expect(isInLineAgain)
    }

    @Test("when a partition is taken away, jobs that were only offered stay")
    func revoked() {
        var backlog = Backlog(window: 100, maximumBytes: 1, ageing: .seconds(30))
        backlog.offer([ticket(1), ticket(2)])
        let isInLine = backlog.add(ticket(2), at: QueuePosition(topic: "t", partition: 3, offset: 9))
        backlog.forget([3])
        let left = backlog.next(9).map(\.id)
        #expect(isInLine && left == [jobID(1)])
    }

    @Test("of expected messages the latest are remembered")
    func expected() {
        var expected = ExpectedMessages(limit: 10)
        for number in 1...25 as ClosedRange<UInt64> { expected.insert(jobID(number)) }
        let wasForgotten = !expected.remove(jobID(1))
        #expect(wasForgotten)
        for number in 16...25 as ClosedRange<UInt64> {
            let (first, second) = (expected.remove(jobID(number)), expected.remove(jobID(number)))
            #expect(first && !second)
        }
    }

    @Test("a slot is free while an end is being stored, but only so many ends may wait")
    func slots() async throws {
        var bench = bench(jobs: 1...400)
        bench.configuration.concurrency = 2
        bench.ledger.holdsEnds.withLock { $0 = true }
        try await bench.run { (bench, worker) async throws in
            worker.value.offer((1...400).map { ticket($0) })
            #expect(try await eventually(on: worker.loop) { bench.model.requests.count == 257 })
            // What could begin would begin at once.
            try await worker.loop.sleep(for: .milliseconds(100))
            #expect(bench.model.requests.count == 257)
            bench.ledger.holdsEnds.withLock { $0 = false }
            #expect(try await eventually(on: worker.loop) { bench.ledger.state.withLock { $0.ends.count } == 400 })
        }
    }
}
