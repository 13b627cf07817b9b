import Domain
import Testing

@Suite("Job archive", .serialized)
struct RetentionTests {
    private let month = Duration.seconds(30 * 86_400)

    /// Moves a job's life into the past.
    private func age(_ id: JobID, days: Int, in bench: Bench) async throws {
        try await bench.sql(
            """
            UPDATE ai_requests SET created_at = created_at - interval '\(days) days',
                started_at = started_at - interval '\(days) days',
                completed_at = completed_at - interval '\(days) days' WHERE id = '\(id)'
            """)
    }

    @Test("jobs that ended longer ago go, with feedback and outbox entries; younger and unfinished ones stay")
    func deletes() async throws {
        try await Bench.run { bench in
            let old = try await bench.claimed()
            _ = try await bench.store.finish(old, .completed(.sample()))
            let cancelled = try await bench.submit()
            _ = try await bench.store.cancel(cancelled)
            let young = try await bench.claimed()
            _ = try await bench.store.finish(young, .failed(JobFailure(.auth, "x")))
            let waiting = try await bench.submit()
            let running = try await bench.claimed()
            for id in [old.id, cancelled, waiting, running.id] { try await age(id, days: 31, in: bench) }
            try await age(young.id, days: 29, in: bench)
            try await bench.sql(
                """
                INSERT INTO ai_responses (ai_request_id, rating, created_at)
                VALUES ('\(old.id)', true, now() - interval '30 days')
                """)
            #expect(try await bench.store.deleteEnded(longerAgoThan: month, limit: 100) == 2)
            #expect(try await bench.store.deleteEnded(longerAgoThan: month, limit: 100) == 0)
            let states = try await bench.store.states(of: [old.id, cancelled, young.id, waiting, running.id])
            #expect(states == [young.id: .failed, waiting: .queued, running.id: .processing])
            #expect(try await bench.value("SELECT count(*) FROM ai_responses") == "0")
            #expect(try await bench.outboxEntries(of: old.id) == [])
            #expect(try await bench.outboxEntries(of: waiting) == ["request"])
        }
    }

    @Test("a job that waited long and ended just now stays")
    func lateEnd() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit()
            try await age(id, days: 60, in: bench)
            let lease = try await bench.claim(id).lease
            _ = try await bench.store.finish(lease, .completed(.sample()))
            #expect(try await bench.store.deleteEnded(longerAgoThan: month, limit: 100) == 0)
        }
    }

    @Test("batches go by the limit, and several processes at once delete each job once")
    func batches() async throws {
        try await Bench.run(connections: 4) { bench in
            try await bench.sql(Rows.queued(100))
            try await bench.sql(
                "UPDATE ai_requests SET status = 'failed', created_at = '2020-01-01', completed_at = '2020-01-02'")
            #expect(try await bench.store.deleteEnded(longerAgoThan: month, limit: 10) == 10)
            let deleted = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await bench.store.deleteEnded(longerAgoThan: month, limit: 20) }
                }
                return try await group.reduce(0, +)
            }
            let rest = try await bench.store.deleteEnded(longerAgoThan: month, limit: 100)
            #expect(deleted + rest == 90)
            #expect(try await bench.value("SELECT count(*) FROM outbox") == "0")
        }
    }

    @Test("idempotency keys go when they have run out")
    func keys() async throws {
        try await Bench.run { bench in
            for (name, hours) in [("old", 25), ("young", 23)] {
                let key = try #require(IdempotencyKey(client: "c", key: name, fingerprint: [1]))
                _ = try await bench.store.submit(.random(), JobInput(query: "x"), client: "c", key: key)
                try await bench.sql(
                    """
                    UPDATE idempotency_keys SET created_at = now() - interval '\(hours) hours' WHERE key = '\(name)'
                    """)
            }
            #expect(try await bench.store.deleteExpiredKeys(limit: 10) == 1)
            #expect(try await bench.value("SELECT key FROM idempotency_keys") == "young")
        }
    }
}
