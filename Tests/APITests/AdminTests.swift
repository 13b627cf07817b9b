import API
import Domain
import EventLoop
import JSON
import Telemetry
import TestSupport
import Testing

@Suite("Operators over HTTP")
struct AdminTests {
    private static let key = ["X-API-Key: secret"]

    private static let record = JobRecord(
        status: JobStatus(
            id: .sample, state: .failed, attempts: 2, createdAt: WallTime(microseconds: 0),
            completedAt: WallTime(microseconds: 5_000_000)),
        client: "10.0.0.1", input: JobInput(query: "Посчитай", category: "analysis"), dataBytes: 12, worker: nil,
        losses: 1, result: .failed(JobFailure(.timeout, "долго")), resultBytes: nil)

    private func withKey(_ body: @escaping @Sendable (TestAPI) async throws -> Void) async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            api.desk.state.withLock { $0.records = [Self.record] }
            try await body(api)
        }
    }

    @Test(
        "nothing is shown or done without the administrator's key",
        arguments: [
            ("GET", "/api/admin/overview"), ("GET", "/api/admin/jobs"), ("GET", "/api/admin/jobs/\(JobID.sampleText)"),
            ("POST", "/api/admin/jobs/\(JobID.sampleText)/retry"),
            ("POST", "/api/admin/jobs/\(JobID.sampleText)/cancel"), ("GET", "/api/admin/keys"),
            ("POST", "/api/admin/keys"), ("POST", "/api/admin/keys/\(JobID.sampleText)/revoke"),
            ("GET", "/api/admin/queue"), ("GET", "/api/admin/dead-letters"), ("GET", "/api/admin/dead-letters/0/1"),
            ("POST", "/api/admin/dead-letters/redrive"), ("GET", "/api/admin/log-level"),
            ("PUT", "/api/admin/log-level"),
        ])
    func access(_ method: String, _ path: String) async throws {
        try await withKey { api in
            try await api.ask(method, path).expectProblem(401)
            try await api.ask(method, path, ["X-API-Key: other"]).expectProblem(401)
        }
        try await TestAPI.with { api in try await api.ask(method, path, Self.key).expectProblem(403) }
        try await TestAPI.with(adminKey: "secret") { api in
            let others = api.keyStore.make("others", [.submit, .read, .metrics])
            try await api.keys.refresh()
            try await api.ask(method, path, ["X-API-Key: \(others.text)"]).expectProblem(403)
        }
    }

    @Test("the overview adds up what waits by category and by client, and says whether all was counted")
    func overview() async throws {
        try await withKey { api in
            api.desk.state.withLock { state in
                state.overview.waiting = [
                    .init(client: "a", category: "search", jobs: 4), .init(client: "b", category: nil, jobs: 3),
                    .init(client: "a", category: nil, jobs: 2),
                ]
                state.overview.oldest = Self.record.status
                state.overview.workers = [.init(owner: "w1", slots: 8, jobs: 2), .init(owner: "w2", slots: 8, jobs: 1)]
                state.overview.steps = [
                    .init(
                        age: 0, completed: 5, failed: 1, cancelled: 0, medianSeconds: 0.5, p95Seconds: 2,
                        waitSeconds: nil)
                ]
                state.overview.failures = [.init(failureClass: .timeout, jobs: 1)]
            }
            let answer = try await api.get("/api/admin/overview", Self.key)
            #expect(answer.status == 200 && answer["cache-control"] == "no-store")
            let queue = answer.json["queue"]
            #expect(queue?["jobs"] == 9 && queue?["is_complete"] == true)
            #expect(queue?["by_category"] == [["category": .null, "jobs": 5], ["category": "search", "jobs": 4]])
            #expect(queue?["by_client"] == [["client": "a", "jobs": 6], ["client": "b", "jobs": 3]])
            #expect(queue?["oldest"]?["request_id"]?.stringValue == JobID.sampleText)
            #expect(answer.json["running"]?["jobs"] == 3 && answer.json["running"]?["slots"] == 16)
            #expect(answer.json["ended"]?["jobs"] == 6)
            #expect(answer.json["ended"]?["errors"] == [["class": "timeout", "jobs": 1]])
        }
    }

    @Test("jobs are listed by state, client and age within bounds; every wish that is wrong is named")
    func list() async throws {
        try await withKey { api in
            let path = "/api/admin/jobs?state=failed&client=10.0.0.1&limit=7&before=\(JobID.sampleText)"
            let answer = try await api.get(path, Self.key)
            #expect(answer.json["jobs"]?[0]?["request_id"]?.stringValue == JobID.sampleText)
            #expect(answer.json["jobs"]?[0]?["error"]?["class"] == "timeout")
            let filter = try #require(api.desk.state.withLock { $0.filters.last })
            #expect(filter.state == .failed && filter.client == "10.0.0.1" && filter.limit == 7)
            #expect(filter.before == .sample && filter.examined == 20_000)
            let wrong = try await api.get("/api/admin/jobs?state=lost&limit=201&before=x", Self.key)
            wrong.expectProblem(422)
            #expect(
                wrong.json["errors"]?.arrayValue?.map { $0["loc"] } == [
                    ["query", "state"], ["query", "before"], ["query", "limit"],
                ])
        }
    }

    @Test("a job is shown, queued again and cancelled by its id; what cannot be done is 409, what is not there 404")
    func actions() async throws {
        try await withKey { api in
            let path = "/api/admin/jobs/\(JobID.sampleText)"
            #expect(try await api.get(path, Self.key).json["query_text"] == "Посчитай")
            #expect(try await api.ask("POST", path + "/retry", Self.key).status == 200)
            #expect(api.submissions.withLock { $0 } == 1)
            api.desk.state.withLock { $0.requeueing = .refused(.completed) }
            try await api.ask("POST", path + "/retry", Self.key).expectProblem(409)
            api.desk.state.withLock { $0.requeueing = .unknown }
            try await api.ask("POST", path + "/retry", Self.key).expectProblem(404)
            try await api.ask("POST", path + "/cancel", Self.key).expectProblem(404)
            try await api.get("/api/admin/jobs/none", Self.key).expectProblem(404)
            let id = try await api.submit()
            api.desk.state.withLock { state in
                var record = Self.record
                record.status.id = id
                state.records = [record]
            }
            #expect(try await api.ask("POST", "/api/admin/jobs/\(id)/cancel", Self.key).status == 200)
            #expect(api.store.jobs[id]?.status.state == .cancelled)
            #expect(try await api.ask("POST", "/api/admin/jobs/\(id)/cancel", Self.key).status == 200)
            let other = try await api.submit()
            #expect(try await api.ask("DELETE", "/api/ai/requests/\(other)").status == 200)
            // A job that is cancelled twice was cancelled once.
            let counts = try await api.get("/metrics").text.split(separator: "\n").filter {
                $0.hasPrefix("gigaoffice_jobs_cancelled_total{")
            }
            #expect(
                counts == [
                    #"gigaoffice_jobs_cancelled_total{wish="client"} 1"#,
                    #"gigaoffice_jobs_cancelled_total{wish="operator"} 1"#,
                ])
        }
    }

    @Test("while the database is away, that is said")
    func away() async throws {
        try await withKey { api in
            api.desk.state.withLock { $0.isAway = true }
            try await api.get("/api/admin/overview", Self.key).expectProblem(503)
            try await api.get("/api/admin/jobs", Self.key).expectProblem(503)
        }
    }
}
