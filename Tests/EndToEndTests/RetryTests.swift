import Glibc
import JSON
import TestSupport
import Testing

@Suite("A job whose model fails")
struct RetryTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis"}"#

    @Test("is tried again after the pause that the model's service asks for, and says so meanwhile")
    func passes() async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["DRYRUN_SCRIPT": "429:retry-after=2,500,ok"])
            let id = try await service.submit(Self.job)
            let waiting = try await eventually("a job that waits for its retry") { () -> JSONValue? in
                let status = try await service.status(id)
                return status["retry_at"] != nil ? status : nil
            }
            #expect(waiting["status"] == "queued")
            #expect(waiting["error"]?["class"] == "rate_limited")
            #expect(waiting["message"]?.stringValue?.contains("повторён") == true)
            #expect(try await service.result(waitedFor: id)["status"] == "completed")
            #expect(try await service.status(id)["attempts"] == 3)
            let pauses = try service.program.log().filter { $0["message"] == "job will be tried again" }
                .map { $0["pause"]?.doubleValue ?? 0 }
            #expect(pauses.count == 2)
            #expect(pauses[0] >= 2)
        }
    }

    @Test("fails with the last reason when the retries are used up")
    func fails() async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["DRYRUN_SCRIPT": "503", "GIGACHAT_MAX_RETRIES": "1"])
            let id = try await service.submit(Self.job)
            let result = try await service.result(waitedFor: id)
            #expect(result["status"] == "failed")
            #expect(result["error"] == ["class": "server", "retryable": true])
            #expect(try await service.status(id)["attempts"] == 2)
        }
    }

    @Test("fails at once when trying again cannot help")
    func refused() async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["DRYRUN_SCRIPT": "401,ok"])
            let id = try await service.submit(Self.job)
            #expect(try await service.result(waitedFor: id)["error"]?["class"] == "auth")
            #expect(try await service.status(id)["attempts"] == 1)
        }
    }

    @Test("is tried again by another process when its own has died meanwhile")
    func survives() async throws {
        try await Site.with { site in
            let script = ["DRYRUN_SCRIPT": "429:retry-after=3,ok"]
            let first = try await site.serve(.all, script)
            let id = try await first.submit(Self.job)
            _ = try await first.program.logged("job will be tried again")
            first.program.process.send(SIGKILL)
            _ = try await first.program.finished(within: .seconds(30))
            let second = try await site.serve(.all, script)
            #expect(try await second.result(waitedFor: id)["status"] == "completed")
            #expect(try await second.status(id)["attempts"] == 2)
        }
    }
}

extension Service {
    /// The result of a job that may go back to the queue on its way.
    func result(waitedFor id: String) async throws -> JSONValue {
        try await eventually("the end of job \(id)") {
            let result = try await client.get("/api/ai/result/\(id)").json
            return ["completed", "failed", "cancelled"].contains(result["status"]?.stringValue) ? result : nil
        }
    }
}
