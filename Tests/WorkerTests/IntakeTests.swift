import Domain
import EventLoop
import TestSupport
import Testing
import Worker

@Suite("Intake")
struct IntakeTests {
    /// A worker with one slot, whose model answers at once or never.
    private func bench(_ deliveries: [JobDelivery], hangs: Bool = false, slots: Int = 1) -> WorkerBench {
        var bench = WorkerBench(hangs ? ScriptedModel(.hang) : ScriptedModel(.answer("[[1]]")), deliveries)
        bench.configuration.concurrency = slots
        for delivery in deliveries {
            if let id = delivery.ticket?.id { bench.ledger.add(id) }
        }
        return bench
    }

    private func ours(
        _ numbers: ClosedRange<UInt64>, of client: String = "a", partition: Int32 = 0
    ) -> [JobDelivery] {
        numbers.map { delivery(jobID($0), at: Int64($0), of: client, partition: partition) }
    }

    @Test("one client's many jobs do not hold up another's single job")
    func fairShare() async throws {
        let bench = bench(ours(1...60, of: "heavy") + ours(100...100, of: "light"))
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(61, on: worker.loop))
            let order = bench.ledger.state.withLock { $0.claims }.flatMap(\.self)
            #expect(try #require(order.firstIndex(of: jobID(100))) <= 2)
            #expect(order.filter { $0 != jobID(100) } == (1...60).map(jobID))
        }
    }

    @Test("free slots are filled by one claim")
    func batchClaim() async throws {
        let bench = bench(ours(1...20), hangs: true, slots: 8)
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 8 })
            #expect(bench.ledger.state.withLock { $0.claims } == [(1...8).map(jobID)])
        }
    }

    @Test("reading stops when the window is full and goes on when half of it is done")
    func window() async throws {
        var bench = bench(ours(1...200))
        bench.configuration.window = 50
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(200, on: worker.loop))
            let pauses = bench.source.pauses.withLock { $0 }
            #expect(pauses.count >= 2)
            #expect(pauses.enumerated().allSatisfy { $1 == ($0 % 2 == 0) })
            #expect(pauses.last == false)
        }
    }

    @Test("with a full window and no slot free, no more messages are read")
    func windowHolds() async throws {
        var bench = bench(ours(1...500), hangs: true)
        bench.configuration.window = 100
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { bench.source.pauses.withLock { $0 } == [true] })
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 1 })
            #expect(bench.source.pauses.withLock { $0 } == [true])
            // The batch that crossed the mark has 64 messages.
            #expect(bench.source.undeliveredCount >= 500 - 100 - 64)
        }
    }

    @Test("all messages of one job are acknowledged when it has ended, and not before")
    func duplicates() async throws {
        let twice = [delivery(jobID(2), at: 7, of: "a"), delivery(jobID(2), at: 8, of: "a")]
        let bench = bench(ours(1...1) + twice, hangs: true)
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 1 })
            #expect(bench.source.acknowledged.withLock { $0.isEmpty })
        }
        let second = self.bench(twice)
        try await second.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(2, on: worker.loop))
            #expect(bench.source.acknowledged.withLock { $0 } == [7, 8])
            #expect(bench.ledger.state.withLock { $0.claims } == [[jobID(2)]])
        }
    }

    @Test("jobs of a partition that was taken away are left to others, unless they have begun")
    func revoked() async throws {
        var bench = bench(
            ours(1...1, partition: 1) + ours(2...5, partition: 1) + ours(6...7, partition: 0), hangs: true)
        bench.configuration.heartbeat = .milliseconds(50)
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 1 })
            bench.source.revoke([1])
            // The lost hold frees the slot.
            bench.ledger.state.withLock { $0.losesLeases = true }
            #expect(try await eventually(on: worker.loop) { bench.ledger.state.withLock { $0.claims.count } >= 3 })
            let claimed = bench.ledger.state.withLock { $0.claims }.flatMap(\.self)
            #expect(Set(claimed) == Set([1, 6, 7].map(jobID)))
        }
    }

    @Test("what waits at the end is neither claimed nor acknowledged")
    func ending() async throws {
        let bench = bench(ours(1...10), hangs: true)
        try await bench.run { (bench, worker) async throws in
            #expect(try await eventually(on: worker.loop) { worker.value.runningCount == 1 })
        }
        #expect(bench.ledger.state.withLock { $0.claims } == [[jobID(1)]])
        #expect(bench.source.acknowledged.withLock { $0.isEmpty })
    }

    @Test("a job of ours that the database does not have goes to the dead letters, and the next one is done")
    func unknown() async throws {
        let bench = bench(ours(2...2))
        bench.source.deliver([delivery(jobID(1), at: 1, of: "a")])
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(2, on: worker.loop))
            #expect(bench.queue.buried.withLock { $0 } == ["the database has no such job"])
            #expect(bench.ledger.state.withLock { $0.jobs[jobID(2)] } == .completed)
        }
    }

    @Test("of other producers' jobs, the database's refusal of one does not keep the others from being stored")
    func refusedAdoption() async throws {
        let bad = delivery(value: #"{"query":"bad"}"#, at: 1)
        let bench = bench([bad] + (2...9).map { delivery(value: #"{"query":"q","user_id":5}"#, at: $0) })
        bench.ledger.state.withLock { $0.refusedQuery = "bad" }
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(9, on: worker.loop))
            #expect(bench.queue.buried.withLock { $0 } == ["the database cannot store this job"])
            let adopted = bench.ledger.state.withLock { $0.adopted }
            #expect(adopted.count == 8)
            #expect(adopted.allSatisfy { $0.client == "kafka:user:5" })
        }
    }

    @Test("while the dead letter topic takes nothing, other jobs go on")
    func buryingWaits() async throws {
        let bench = bench([delivery(value: "{", at: 1)] + ours(2...40))
        bench.queue.failures.withLock { $0 = 1_000_000 }
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(39, on: worker.loop))
            #expect(!bench.source.acknowledged.withLock { $0.contains(1) })
        }
    }
}
