import Domain
import EventLoop
import JSON
import Telemetry
import TestSupport
import Testing

@Suite("API: DELETE /api/ai/requests/{id}", .timeLimit(.minutes(10)))
struct CancelTests {
    private static let path = "/api/ai/requests/\(JobID.sampleText)"

    private static func sample(_ state: JobState) -> JobStatus {
        JobStatus(id: .sample, state: state, attempts: 1, createdAt: .now)
    }

    @Test("a job that has not ended is cancelled, and so is said", arguments: [JobState.pending, .queued, .processing])
    func cancels(state: JobState) async throws {
        try await TestAPI.with { test in
            test.store.put(Self.sample(state))
            let answer = try await test.ask("DELETE", Self.path)
            #expect(answer.status == 200)
            #expect(answer.json["status"] == "cancelled")
            #expect(answer.json["request_id"]?.stringValue == JobID.sampleText)
            #expect(answer.json["message"] == "Запрос отменён")
            #expect(test.submissions.withLock { $0 } == 1)
            let result = try await test.get("/api/ai/result/\(JobID.sampleText)")
            #expect(result.json == ["success": false, "status": "cancelled", "message": "Запрос отменён"])
        }
    }

    @Test("cancelling twice is cancelling once")
    func twice() async throws {
        try await TestAPI.with { test in
            test.store.put(Self.sample(.queued))
            for _ in 1...2 {
                let answer = try await test.ask("DELETE", Self.path)
                #expect(answer.status == 200)
                #expect(answer.json["status"] == "cancelled")
            }
        }
    }

    @Test(
        "a job that has ended otherwise stays as it is",
        arguments: [(JobState.completed, "Запрос уже выполнен"), (.failed, "Запрос уже завершился ошибкой")])
    func ended(state: JobState, detail: String) async throws {
        try await TestAPI.with { test in
            test.store.put(Self.sample(state))
            let answer = try await test.ask("DELETE", Self.path)
            answer.expectProblem(409, detail: detail, instance: Self.path)
            #expect(test.store.jobs[.sample]?.status.state == state)
        }
    }

    @Test("an id that is malformed or names nothing is not found", arguments: ["7", JobID.sampleText])
    func unknown(id: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask("DELETE", "/api/ai/requests/\(id)")
            answer.expectProblem(404, detail: "Request not found")
        }
    }

    @Test("a database that does not answer is 503")
    func storeUnavailable() async throws {
        try await TestAPI.with { test in
            test.store.fail(with: .unavailable("connection refused"))
            let answer = try await test.ask("DELETE", Self.path)
            answer.expectProblem(503)
            #expect(answer["retry-after"] == "1")
        }
    }
}
