import Domain
import Testing

@Suite("Job ledger: retries", .serialized)
struct RetryTests {
    private func retry(pause: Duration, spent: Duration = .milliseconds(2_500), isLocal: Bool = false)
        -> ScheduledRetry
    {
        let failure = JobFailure(.rateLimited, "слишком часто", isRetryable: true, isLocalLimit: isLocal)
        return ScheduledRetry(after: failure, pause: pause, timeSpent: spent)
    }

    @Test("a job that is put off waits with its failure to be seen, and no message goes out before its time")
    func waits() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            #expect(try await bench.store.retryLater(lease, retry(pause: .seconds(60))))
            let status = try #require(try await bench.store.status(of: lease.id))
            #expect(status.state == .queued)
            #expect(status.attempts == 1)
            #expect(status.retry?.failure.failureClass == .rateLimited)
            #expect(status.retry?.failure.message == "слишком часто")
            #expect(try await bench.column("num_nulls(lease_owner, lease_until)", of: lease.id) == "2")
            #expect(try await bench.outboxEntries(of: lease.id) == ["request"])
            #expect(try await bench.outbox.take(limit: 10, lease: .seconds(9)).entries.isEmpty)
            #expect(try await bench.store.renew([lease], lease: .seconds(9)).isEmpty)
        }
    }

    @Test("an early message, such as a redelivery, does not start the next try")
    func early() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            _ = try await bench.store.retryLater(lease, retry(pause: .seconds(60)))
            let outcomes = try await bench.store.claim([lease.id], owner: "w", lease: .seconds(9))
            guard case .notWaiting(.queued)? = outcomes[lease.id] else {
                Issue.record("claimed before its time")
                return
            }
            #expect(try await bench.outboxEntries(of: lease.id) == ["request"])
        }
    }

    @Test("when its time has come the next try counts, knows what was spent, and shows no failure any more")
    func due() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            _ = try await bench.store.retryLater(lease, retry(pause: .zero))
            #expect(try await bench.outbox.take(limit: 10, lease: .seconds(9)).entries.map(\.id) == [lease.id])
            let job = try await bench.claim(lease.id)
            #expect(job.attempt == 2)
            #expect(job.timeSpent == .milliseconds(2_500))
            #expect(job.lease.token == FencingToken(2))
            #expect(try await bench.store.status(of: lease.id)?.retry == nil)
            #expect(try await bench.store.retryLater(lease, retry(pause: .zero)) == false)
            #expect(try await bench.store.finish(job.lease, .completed(.sample())))
            #expect(try await bench.store.status(of: lease.id)?.retry == nil)
        }
    }

    @Test("a job that a limit of ours held up keeps its attempts")
    func localLimit() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            _ = try await bench.store.retryLater(lease, retry(pause: .zero, isLocal: true))
            #expect(try await bench.claim(lease.id).attempt == 1)
        }
    }

    @Test("a job that waits for its next try can be cancelled")
    func cancel() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            _ = try await bench.store.retryLater(lease, retry(pause: .zero))
            #expect(try await bench.store.cancel(lease.id)?.status.state == .cancelled)
            #expect(try await bench.outboxEntries(of: lease.id) == ["response"])
        }
    }
}
