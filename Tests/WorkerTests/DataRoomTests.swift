import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@testable import Worker

@Suite("Memory of jobs", .timeLimit(.minutes(10)))
struct DataRoomTests {
    @Test("bytes are handed out in turn, up to the limit, and one that wants more than there are waits to be alone")
    func turns() async throws {
        try await onLoop { loop in
            let room = LoopBound(WeightedSemaphore(100), to: loop)
            let order = Lock<[Int]>([])
            var tasks: [Task<Void, any Error>] = []
            for count in [60, 40, 10, 500, 20] {
                tasks.append(
                    loop.spawn { if await room.value.acquire(count, on: loop) { order.withLock { $0.append(count) } } })
                try await loop.sleep(for: .milliseconds(5))
            }
            #expect(order.withLock { $0 } == [60, 40])
            room.value.release(40)
            #expect(try await eventually(on: loop) { order.withLock { $0 } == [60, 40, 10] })
            room.value.release(60)
            try await loop.sleep(for: .milliseconds(5))
            #expect(order.withLock { $0 } == [60, 40, 10])
            room.value.release(10)
            #expect(try await eventually(on: loop) { order.withLock { $0 } == [60, 40, 10, 500] })
            tasks[4].cancel()
            _ = await tasks[4].result
            room.value.release(500)
            #expect(await room.value.acquire(100, on: loop))
            #expect(order.withLock { $0 } == [60, 40, 10, 500])
        }
    }

    /// A worker whose jobs have 100 kB of data each, with room for those of two.
    private static func bench(_ model: ScriptedModel, jobs: Int, slots: Int) -> WorkerBench {
        var bench = WorkerBench(model, (1...jobs).map { delivery(jobID(UInt64($0)), at: Int64($0)) })
        bench.configuration.concurrency = slots
        bench.configuration.dataBytes = 250_000
        for number in 1...jobs {
            let cell = JSONValue.string(String(repeating: "x", count: 100_000))
            bench.ledger.add(jobID(UInt64(number)), JobInput(query: "q", category: "generation", data: [[cell]]))
        }
        return bench
    }

    @Test("no more large jobs are at their model than there is room for their data")
    func running() async throws {
        try await Self.bench(ScriptedModel(.hang), jobs: 5, slots: 5).run { bench, worker in
            #expect(try await eventually(on: worker.loop) { bench.model.requests.count == 2 })
            try await worker.loop.sleep(for: .milliseconds(50))
            #expect(bench.model.requests.count == 2)
            #expect(bench.model.requests[0].job?.data?.bytes.count == 100_006)
        }
    }

    @Test("all large jobs are done in the end")
    func done() async throws {
        try await Self.bench(ScriptedModel(.answer("[[1]]")), jobs: 20, slots: 5).run { bench, worker in
            let isDone = try await bench.acknowledged(20, on: worker.loop)
            #expect(isDone)
            #expect(bench.ledger.state.withLock { $0.ends.count } == 20)
        }
    }

    @Test("while answers of the same size wait to be stored no further job begins")
    func unstored() async throws {
        let answer = #"[[""# + String(repeating: "x", count: 100_000) + #""]]"#
        let bench = Self.bench(ScriptedModel(.answer(answer)), jobs: 20, slots: 1)
        bench.ledger.holdsEnds.withLock { $0 = true }
        try await bench.run { bench, worker in
            #expect(try await eventually(on: worker.loop) { bench.model.requests.count == 3 })
            try await worker.loop.sleep(for: .milliseconds(50))
            #expect(bench.model.requests.count == 3)
            bench.ledger.holdsEnds.withLock { $0 = false }
            #expect(try await bench.acknowledged(20, on: worker.loop))
        }
    }
}
