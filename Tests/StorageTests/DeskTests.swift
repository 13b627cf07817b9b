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
