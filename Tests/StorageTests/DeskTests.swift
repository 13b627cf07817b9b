import Domain
import JSON
import Testing

@Suite("Job desk", .serialized)
struct DeskTests {
    @Test("jobs are listed youngest first, by state and client, up to a limit")
    func list() async throws {
        try await Bench.run { bench in
            var ids: [JobID] = []
            for age in 0..<4 {
                let id = try await bench.submit(JobInput(query: "job \(age)", data: [["a", 1]]))
                let client = age % 2 == 0 ? "even" : "odd"
                try await bench.sql(
                    """
                    UPDATE ai_requests SET created_at = now() - interval '\(age) hours', client_id = '\(client)'
                    WHERE id = '\(id)'
                    """)
                ids.append(id)
            }
            _ = try await bench.store.cancel(ids[2])
            func listed(_ filter: JobFilter) async throws -> [JobID] {
                try await bench.store.list(filter).map(\.status.id)
            }
            #expect(try await listed(JobFilter(limit: 10)) == ids)
            #expect(try await listed(JobFilter(limit: 2)) == Array(ids.prefix(2)))
            #expect(try await listed(JobFilter(state: .queued, client: "even", limit: 10)) == [ids[0]])
            #expect(try await listed(JobFilter(state: .cancelled, limit: 10)) == [ids[2]])
            #expect(try await listed(JobFilter(client: "nobody", limit: 10)) == [])
            #expect(try await listed(JobFilter(before: ids[1], limit: 10)) == Array(ids.suffix(2)))
            #expect(try await listed(JobFilter(state: .queued, before: ids[0], limit: 1)) == [ids[1]])
            #expect(try await listed(JobFilter(state: .cancelled, limit: 10, examined: 2)) == [])
            #expect(try await listed(JobFilter(before: .random(), limit: 10)) == [])
        }
    }

    @Test("jobs made at the same instant are paged by their ids, each once")
    func pages() async throws {
        try await Bench.run { bench in
            for number in 0..<5 { _ = try await bench.submit(JobInput(query: "job \(number)")) }
            try await bench.sql("UPDATE ai_requests SET created_at = '2026-01-01'")
            var seen: [JobID] = []
            while let page = try await bench.store.list(JobFilter(before: seen.last, limit: 2)).nonEmpty {
                seen += page.map(\.status.id)
            }
            #expect(seen.count == 5 && Set(seen).count == 5)
        }
    }

    @Test("the overview counts what waits by client and category, what runs by worker, and the ends by time and reason")
    func overview() async throws {
        try await Bench.run { bench in
            let empty = try await bench.store.overview(steps: 4, of: .seconds(60), examined: 100)
            #expect(empty == ServiceOverview())
            let oldest = try await bench.submit(JobInput(query: "q", category: "search"))
            for _ in 0..<2 { _ = try await bench.submit(JobInput(query: "q")) }
            let running = try await bench.claimed()
            let done = try await bench.claimed()
            _ = try await bench.store.finish(done, .completed(.sample(message: "Готово")))
            let failed = try await bench.claimed()
            _ = try await bench.store.finish(failed, .failed(JobFailure(.auth, "нет доступа")))
            try await bench.sql(
                """
                UPDATE ai_requests SET created_at = now() - interval '1 hour' WHERE id = '\(oldest)';
                UPDATE ai_requests SET completed_at = now() - interval '90 s', processing_time = 2,
                    created_at = now() - interval '100 s', started_at = now() - interval '97 s'
                WHERE id = '\(done.id)'
                """)
            let overview = try await bench.store.overview(steps: 4, of: .seconds(60), examined: 100)
            #expect(overview.waiting.map(\.jobs) == [2, 1] && overview.waiting.map(\.category) == [nil, "search"])
            #expect(overview.oldest?.id == oldest)
            #expect(overview.workers == [ServiceOverview.Worker(owner: "worker", slots: 0, jobs: 1)])
            #expect(overview.steps.map(\.age) == [0, 1])
            #expect(overview.steps[0].failed == 1 && overview.steps[1].completed == 1)
            #expect(overview.steps[1].medianSeconds == 2 && overview.steps[1].p95Seconds == 2)
            #expect(overview.steps[1].waitSeconds == 3)
            #expect(overview.failures == [ServiceOverview.Failures(failureClass: .auth, jobs: 1)])
            let short = try await bench.store.overview(steps: 1, of: .seconds(60), examined: 2)
            #expect(short.steps.count == 1 && short.waiting.reduce(0) { $0 + $1.jobs } == 2)
            #expect(try await bench.store.record(of: running.id)?.status.state == .processing)
        }
    }

    @Test("a record tells what was asked, who runs it and what came of it, but not the tables")
    func record() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed(JobInput(query: "q", category: "search", data: [["a", 1]]))
            let running = try #require(try await bench.store.record(of: lease.id))
            #expect(running.worker == "worker")
            #expect(running.client == "tester")
            #expect(running.input == JobInput(query: "q", category: "search"))
            #expect(running.dataBytes == 10)
            #expect(running.result == .unfinished(.processing))
            _ = try await bench.store.finish(lease, .completed(.sample(message: "Готово")))
            let done = try #require(try await bench.store.record(of: lease.id))
            guard case .completed(let output, _) = done.result else {
                Issue.record("not completed")
                return
            }
            #expect(output.table == nil)
            #expect(output.message == "Готово")
            #expect(done.resultBytes == 10)
            #expect(try await bench.store.record(of: .random()) == nil)
        }
    }

    @Test("a failed or cancelled job is put back as if it were new, and the news of its end is withheld")
    func requeue() async throws {
        try await Bench.run { bench in
            let failed = try await bench.claimed()
            _ = try await bench.store.finish(failed, .failed(JobFailure(.auth, "нет доступа")))
            let cancelled = try await bench.claimed()
            _ = try await bench.store.cancel(cancelled.id)
            for late in [failed, cancelled] {
                #expect(try await bench.store.requeue(late.id) == .queued)
                #expect(try await bench.outboxEntries(of: late.id) == ["request"])
                let status = try #require(try await bench.store.status(of: late.id))
                #expect(status.state == .queued)
                #expect(status.attempts == 0)
                #expect(status.startedAt == nil && status.completedAt == nil)
                let job = try await bench.claim(late.id)
                #expect(job.attempt == 1)
                #expect(try await bench.store.finish(late, .completed(.sample())) == false)
                #expect(try await bench.store.finish(job.lease, .completed(.sample())))
                #expect(try await bench.outboxEntries(of: late.id) == ["response"])
            }
        }
    }

    @Test("a job that waits, runs or is completed is left alone")
    func refused() async throws {
        try await Bench.run { bench in
            let waiting = try await bench.submit()
            #expect(try await bench.store.requeue(waiting) == .refused(.queued))
            let lease = try await bench.claimed()
            #expect(try await bench.store.requeue(lease.id) == .refused(.processing))
            _ = try await bench.store.finish(lease, .completed(.sample()))
            #expect(try await bench.store.requeue(lease.id) == .refused(.completed))
            #expect(try await bench.store.requeue(.random()) == .unknown)
            #expect(try await bench.outboxEntries(of: lease.id) == ["response"])
        }
    }
}

extension Array {
    /// Nil for an empty one.
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
