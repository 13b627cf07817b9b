import Domain
import Telemetry
import Testing

@Suite("Job store: status and result", .serialized)
struct StatusTests {
    @Test("a job that nobody knows has no status, no result and no state")
    func unknown() async throws {
        try await Bench.run { bench in
            let id = JobID.random()
            let status = try await bench.store.status(of: id)
            #expect(status == nil)
            #expect(try await bench.store.result(of: id) == nil)
            #expect(try await bench.store.states(of: [id]).isEmpty)
            #expect(try await bench.store.states(of: []).isEmpty)
        }
    }

    @Test("a waiting job has a time of creation and nothing else")
    func queued() async throws {
        try await Bench.run { bench in
            let before = WallTime.now
            let id = try await bench.submit()
            let status = try #require(try await bench.store.status(of: id))
            #expect(
                status == JobStatus(id: id, state: .queued, attempts: 0, queuePosition: 0, createdAt: status.createdAt))
            #expect(status.createdAt >= before && status.createdAt <= .now)
            #expect(try await bench.store.result(of: id) == .unfinished(.queued))
        }
    }

    @Test("a running job has started once")
    func processing() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            let status = try #require(try await bench.store.status(of: lease.id))
            #expect(status.state == .processing)
            #expect(status.attempts == 1)
            let started = try #require(status.startedAt)
            #expect(started >= status.createdAt)
            #expect(status.completedAt == nil)
            #expect(try await bench.store.result(of: lease.id) == .unfinished(.processing))
        }
    }

    @Test("a completed job shows its answer and the seconds from start to end")
    func completed() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            try await bench.sql("UPDATE ai_requests SET started_at = started_at - interval '90 seconds'")
            let output = JobOutput.sample(message: "Готово")
            #expect(try await bench.store.finish(lease, .completed(output)))
            let status = try #require(try await bench.store.status(of: lease.id))
            #expect(status.state == .completed)
            let started = try #require(status.startedAt)
            let ended = try #require(status.completedAt)
            #expect(ended >= started)
            let result = try await bench.store.result(of: lease.id)
            guard case .completed(output, let seconds) = result else {
                Issue.record("another result: \(String(describing: result))")
                return
            }
            #expect((90..<120).contains(seconds))
            #expect(try await bench.column("tokens_used", of: lease.id) == "15")
        }
    }

    @Test("an answer of text alone keeps the table missing, not null")
    func textAlone() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            var output = JobOutput.sample(table: nil, message: "Нет данных")
            output.outputRange = nil
            #expect(try await bench.store.finish(lease, .completed(output)))
            guard case .completed(output, _) = try await bench.store.result(of: lease.id) else {
                Issue.record("another result")
                return
            }
        }
    }

    @Test("a failed job says why, for every class of reason", arguments: [false, true])
    func failed(isRetryable: Bool) async throws {
        try await Bench.run { bench in
            for reason in JobFailure.Class.allCases {
                let failure = JobFailure(reason, "Не вышло: \(reason)", isRetryable: isRetryable)
                let lease = try await bench.claimed()
                #expect(try await bench.store.finish(lease, .failed(failure)))
                #expect(try await bench.store.status(of: lease.id)?.state == .failed)
                #expect(try await bench.store.result(of: lease.id) == .failed(failure))
            }
        }
    }

    @Test("jobs of the service before this one are shown as they stand")
    func olderRows() async throws {
        try await Bench.run { bench in
            let pending = try await bench.submit()
            let cancelled = try await bench.submit()
            try await bench.sql("UPDATE ai_requests SET status = 'pending' WHERE id = '\(pending)'")
            try await bench.sql("UPDATE ai_requests SET status = 'cancelled' WHERE id = '\(cancelled)'")
            #expect(try await bench.store.result(of: pending) == .unfinished(.pending))
            #expect(try await bench.store.result(of: cancelled) == .cancelled)
            #expect(try await bench.store.status(of: cancelled)?.state == .cancelled)
        }
    }

    @Test("many states come with one question, without those that are unknown")
    func states() async throws {
        try await Bench.run { bench in
            let queued = try await bench.submit()
            let processing = try await bench.claimed()
            let failed = try await bench.claimed()
            _ = try await bench.store.finish(failed, .failed(JobFailure(.server, "x")))
            let states = try await bench.store.states(of: [queued, processing.id, .random(), failed.id, queued])
            #expect(states == [queued: .queued, processing.id: .processing, failed.id: .failed])
        }
    }

    @Test("the load counts what waits and what runs")
    func load() async throws {
        try await Bench.run { bench in
            #expect(try await bench.store.load(countingTo: 100) == JobLoad(queued: 0, processing: 0))
            for _ in 0..<3 { _ = try await bench.submit() }
            _ = try await bench.claimed()
            let ended = try await bench.claimed()
            _ = try await bench.store.finish(ended, .completed(.sample()))
            #expect(try await bench.store.load(countingTo: 100) == JobLoad(queued: 3, processing: 1))
        }
    }

    @Test("points in time keep their microseconds")
    func microseconds() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit()
            try await bench.sql("UPDATE ai_requests SET created_at = '2026-05-09T08:15:30.000125Z'")
            #expect(try await bench.store.status(of: id)?.createdAt.rfc3339 == "2026-05-09T08:15:30.000125Z")
        }
    }
}
