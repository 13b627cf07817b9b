import Domain
import JSON
import Testing

@Suite("Job statistics", .serialized)
struct StatisticsTests {
    /// Submits a job, ends it, and lets that be so long ago.
    @discardableResult
    private func ended(
        _ bench: Bench, _ end: JobEnd = .completed(.sample()), minutesAgo: Int = 0
    ) async throws -> JobID {
        let lease = try await bench.claimed()
        _ = try await bench.store.finish(lease, end)
        try await bench.sql(
            """
            UPDATE ai_requests SET created_at = created_at - interval '\(minutesAgo) minutes',
                completed_at = completed_at - interval '\(minutesAgo) minutes', processing_time = 2
            WHERE id = '\(lease.id)'
            """)
        return lease.id
    }

    /// As if nothing had been added up for so long.
    private func forget(_ bench: Bench, hours: Int) async throws {
        try await bench.sql("UPDATE statistics_progress SET until = until - interval '\(hours) hours'")
    }

    private func addUpAll(_ bench: Bench) async throws -> Int {
        var rounds = 0
        while try await bench.statistics.addUpNext() { rounds += 1 }
        return rounds
    }

    private func total(_ bench: Bench, _ period: StatisticsPeriod) async throws -> PeriodNumbers {
        try await bench.statistics.report(over: period).total
    }

    @Test(
        "a report has what ended within its period, by category, with times and tokens; what still waits is not in it")
    func report() async throws {
        try await Bench.run { bench in
            try await ended(bench)
            try await ended(bench, .failed(JobFailure(.auth, "x")), minutesAgo: 30)
            try await ended(bench, minutesAgo: 90)
            _ = try await bench.store.cancel(try await bench.submit())
            _ = try await bench.submit()
            try await forget(bench, hours: 3)
            let hour = try await bench.statistics.report(over: .hour)
            #expect(hour.categories.keys.sorted() == ["", "analysis"])
            #expect(hour.categories["analysis"]?.completed == 1)
            #expect(hour.categories["analysis"]?.tokens == TokenUsage(prompt: 10, completion: 5, precached: 3))
            #expect(hour.categories["analysis"]?.meanSeconds == 2)
            #expect(hour.categories[""]?.failed == 1)
            #expect(hour.categories[""]?.cancelled == 1)
            #expect(hour.total.total == 3)
            #expect(try await total(bench, .day).completed == 2)
        }
    }

    @Test(
        "adding up changes no report, wherever the jobs lie in their stretches, and the jobs may then be deleted",
        arguments: [0, 3, 7])
    func addingUp(offset: Int) async throws {
        try await Bench.run { bench in
            for minutes in stride(from: 2 + offset, to: 180, by: 13) { try await ended(bench, minutesAgo: minutes) }
            try await forget(bench, hours: 4)
            let before = try await (total(bench, .hour), total(bench, .day), total(bench, .month))
            #expect(try await addUpAll(bench) > 5)
            let after = try await (total(bench, .hour), total(bench, .day), total(bench, .month))
            #expect(before == after)
            let counted = try await bench.value("SELECT sum(total_requests) FROM service_metrics")
            #expect(Int(counted ?? "") ?? 0 > 8)
            try await bench.sql(
                "DELETE FROM ai_requests WHERE completed_at < (SELECT until FROM statistics_progress)")
            #expect(try await total(bench, .day) == before.1)
            #expect(try await total(bench, .month) == before.2)
        }
    }

    @Test("processes that add up at the same time count each job once")
    func together() async throws {
        try await Bench.run(connections: 4) { bench in
            for minutes in stride(from: 15, to: 120, by: 7) { try await ended(bench, minutesAgo: minutes) }
            try await forget(bench, hours: 4)
            let before = try await total(bench, .day)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask(executorPreference: bench.loops[0]) {
                        for _ in 0..<20 {
                            do {
                                _ = try await bench.statistics.addUpNext()
                            } catch {
                                Issue.record("\(error)")
                            }
                        }
                    }
                }
            }
            _ = try await addUpAll(bench)
            #expect(try await total(bench, .day) == before)
        }
    }

    @Test("a time without jobs is passed over at once")
    func idleTime() async throws {
        try await Bench.run { bench in
            try await forget(bench, hours: 24 * 300)
            #expect(try await addUpAll(bench) <= 2)
            #expect(try await bench.value("SELECT count(*) FROM service_metrics") == "0")
        }
    }

    @Test("opinions count when they are given, in their job's category")
    func ratings() async throws {
        try await Bench.run { bench in
            let id = try await ended(bench, minutesAgo: 100)
            for rating in [true, true, false] {
                let object: JSONObject = ["ai_request_id": .string(id.description), "rating": .bool(rating)]
                let draft = try FeedbackDraft.read(object).get()
                #expect(try await bench.feedback.add(draft, to: id, for: .administrator)?.category == "analysis")
            }
            try await bench.sql("UPDATE ai_responses SET created_at = now() - interval '40 minutes' WHERE NOT rating")
            try await forget(bench, hours: 4)
            let before = try await bench.statistics.report(over: .hour).categories["analysis"]
            #expect(before?.ratedUp == 2)
            #expect(before?.ratedDown == 1)
            #expect(before?.completed == 0)
            _ = try await addUpAll(bench)
            #expect(try await bench.statistics.report(over: .hour).categories["analysis"] == before)
        }
    }

    @Test("a job is not deleted before it, and what is said of it, was added up")
    func notYetDeleted() async throws {
        try await Bench.run { bench in
            let id = try await ended(bench, minutesAgo: 60)
            try await forget(bench, hours: 4)
            #expect(try await bench.store.deleteEnded(longerAgoThan: .seconds(60), limit: 10) == 0)
            _ = try await addUpAll(bench)
            try await bench.sql("INSERT INTO ai_responses (ai_request_id, rating) VALUES ('\(id)', true)")
            #expect(try await bench.store.deleteEnded(longerAgoThan: .seconds(60), limit: 10) == 0)
            try await bench.sql("UPDATE ai_responses SET created_at = now() - interval '1 hour'")
            #expect(try await bench.store.deleteEnded(longerAgoThan: .seconds(60), limit: 10) == 1)
        }
    }

    @Test("the backlog has the waiting and running jobs by category, the age of the oldest, and the outbox")
    func backlog() async throws {
        try await Bench.run { bench in
            let old = try await bench.submit(JobInput(query: "x", category: "analysis"))
            _ = try await bench.submit(JobInput(query: "x", category: "analysis"))
            _ = try await bench.submit()
            _ = try await bench.claimed()
            try await bench.sql(
                """
                UPDATE ai_requests SET created_at = now() - interval '90 seconds' WHERE id = '\(old)';
                UPDATE outbox SET published_at = now() WHERE job_id = '\(old)'
                """)
            let backlog = try await bench.statistics.backlog(upTo: 100)
            let jobs = backlog.jobs.sorted {
                ($0.state.rawValue, $0.category ?? "") < ($1.state.rawValue, $1.category ?? "")
            }
            #expect(jobs.map(\.state) == [.processing, .queued, .queued])
            #expect(jobs.map(\.category) == [nil, nil, "analysis"])
            #expect(jobs.map(\.count) == [1, 1, 2])
            #expect((89...120).contains(backlog.oldestSeconds))
            #expect(backlog.unpublished == 2)
            #expect(backlog.published == 1)
            #expect(try await bench.statistics.backlog(upTo: 1).jobs.map(\.count).reduce(0, +) == 2)
        }
    }
}
