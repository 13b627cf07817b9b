import Domain
import Testing

@testable import Storage

@Suite("Job store: place in the queue and remaining time", .serialized)
struct ForecastTests {
    private func position(_ id: JobID, _ bench: Bench) async throws -> Int? {
        try await bench.store.status(of: id)?.queuePosition
    }

    @Test("a waiting job has a place in the queue: its client's earlier jobs, and as many of the others'")
    func positions() async throws {
        try await Bench.run { bench in
            var heavy: [JobID] = []
            for _ in 0..<5 { heavy.append(try await bench.submit(client: "heavy")) }
            let light = try await bench.submit(client: "light")
            for (rank, id) in heavy.enumerated() {
                // Only in the first round does the single job go before.
                #expect(try await position(id, bench) == rank + (rank > 0 ? 1 : 0))
            }
            #expect(try await position(light, bench) == 1)
            let urgent = try await bench.submit(
                JobInput(query: "x", priority: try #require(JobPriority(10))), client: "heavy")
            #expect(try await position(urgent, bench) == 0)
            #expect(try await position(heavy[0], bench) == 2)
            _ = try await bench.claim(heavy[0])
            #expect(try await position(heavy[0], bench) == nil)
        }
    }

    @Test("a job that waits for its next try is in nobody's way until it is due, and keeps its own place")
    func pendingRetry() async throws {
        try await Bench.run { bench in
            let retried = try await bench.claimed()
            let next = try await bench.submit()
            let last = try await bench.submit()
            let retry = ScheduledRetry(
                after: JobFailure(.server, "busy"), pause: .seconds(60), timeSpent: .seconds(1))
            #expect(try await bench.store.retryLater(retried, retry))
            #expect(try await position(next, bench) == 0)
            #expect(try await position(last, bench) == 1)
            #expect(try await position(retried.id, bench) == 0)
            try await bench.sql("UPDATE ai_requests SET next_attempt_at = now() WHERE id = '\(retried.id)'")
            #expect(try await position(next, bench) == 1)
            #expect(try await position(last, bench) == 2)
        }
    }

    @Test("what waits for its next try cannot have ended before")
    func pendingRetryTime() async throws {
        try await Bench.run { bench in
            let ended = try await bench.claimed()
            _ = try await bench.store.finish(ended, .completed(.sample()))
            try await bench.sql("UPDATE ai_requests SET processing_time = 4 WHERE id = '\(ended.id)'")
            try await bench.store.announce("worker-1", slots: 4)
            let retried = try await bench.claimed()
            let retry = ScheduledRetry(
                after: JobFailure(.server, "busy"), pause: .seconds(600), timeSpent: .seconds(1))
            #expect(try await bench.store.retryLater(retried, retry))
            let seconds = try #require(try await bench.store.status(of: retried.id)?.estimatedSeconds)
            #expect(seconds > 500 && seconds <= 604)
        }
    }

    @Test("the remaining time is known once a worker lives and jobs have ended")
    func estimate() async throws {
        try await Bench.run { bench in
            let first = try await bench.submit()
            #expect(try await bench.store.status(of: first)?.estimatedSeconds == nil)
            let lease = try await bench.claimed()
            _ = try await bench.store.finish(lease, .completed(.sample()))
            try await bench.sql("UPDATE ai_requests SET processing_time = 4 WHERE id = '\(lease.id)'")
            #expect(try await bench.store.status(of: first)?.estimatedSeconds == nil)
            try await bench.store.announce("worker-1", slots: 1)
            try await bench.store.announce("worker-1", slots: 3)
            try await bench.store.announce("worker-2", slots: 1)
            // Four slots and four seconds a job: one job a second, and the first slot is free after half of one.
            #expect(try await bench.store.status(of: first)?.estimatedSeconds == 4.5)
            _ = try await bench.claim(first)
            let running = try #require(try await bench.store.status(of: first)?.estimatedSeconds)
            #expect(running > 2 && running <= 4)
            try await bench.sql("UPDATE workers SET seen_at = now() - interval '1 minute'")
            let second = try await bench.submit()
            #expect(try await bench.store.status(of: second)?.estimatedSeconds == nil)
            #expect(try await bench.store.status(of: lease.id)?.estimatedSeconds == nil)
        }
    }

    @Test("a forecast is made anew the more seldom the longer it takes, but not for ever")
    func share() {
        let (usual, longest) = (Duration.seconds(1), Duration.seconds(10))
        #expect(ForecastCache.lifetime(usual, after: .milliseconds(2), longest) == .seconds(1))
        #expect(ForecastCache.lifetime(usual, after: .milliseconds(100), longest) == .seconds(2))
        #expect(ForecastCache.lifetime(usual, after: .seconds(5), longest) == .seconds(10))
        #expect(ForecastCache.lifetime(.zero, after: .seconds(5), longest) == .zero)
    }

    @Test("a place is right in each of many lines, long and short, of every priority")
    func manyLines() async throws {
        try await Bench.run { bench in
            try await bench.sql(
                """
                INSERT INTO ai_requests (id, client_id, status, query_text, priority, created_at)
                SELECT gen_random_uuid(), 'heavy', 'queued', 'x', n % 3, now() - interval '1 hour' + n * interval '1 ms'
                FROM generate_series(1, 3000) n
                UNION ALL
                SELECT gen_random_uuid(), 'light-' || n, 'queued', 'x', 0, now() - interval '1 minute'
                FROM generate_series(1, 40) n
                """)
            let last = try await bench.submit(client: "heavy")
            #expect(try await position(last, bench) == 3_040)
            let other = try await bench.submit(client: "other")
            // Each of the forty goes first, and one of the heavy client's.
            #expect(try await position(other, bench) == 41)
        }
    }

    @Test("workers that are long gone are forgotten")
    func goneWorkers() async throws {
        try await Bench.run { bench in
            try await bench.store.announce("old", slots: 1)
            try await bench.sql("UPDATE workers SET seen_at = now() - interval '2 hours'")
            try await bench.store.announce("new", slots: 1)
            #expect(try await bench.value("SELECT string_agg(owner, ',') FROM workers") == "new")
        }
    }

    @Test(
        "in a queue of 100 000 jobs a place is right to within a thousandth, and quickly told",
        .timeLimit(.minutes(10)))
    func large() async throws {
        try await Bench.run { bench in
            try await bench.sql(Rows.queuedLines(100_000, clients: 10) + "; ANALYZE")
            let last = try await bench.submit(client: "client-3")
            let start = ContinuousClock.now
            let position = try #require(try await position(last, bench))
            let first = ContinuousClock.now - start
            #expect(abs(position - 100_000) <= 100)
            print("a forecast over 100 000 waiting jobs took \(first)")
        }
    }
}
