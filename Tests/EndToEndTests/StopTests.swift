import Glibc
import JSON
import TestSupport
import Testing

@Suite("A service that is asked to stop")
struct StopTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis"}"#

    /// Sends a job that a client waits for, and returns when the worker is at it.
    private func occupy(
        _ service: Service, of site: Site, while body: () async throws -> Void
    ) async throws -> Result<Answer, any Error> {
        let client = service.client
        async let answer = client.post("/api/ai/process", json: Self.job, ["Prefer": "wait=50"])
        // Health counts once a second at best, which may be too late for a short job.
        try await eventually("a job that is being done") {
            try await site.rows("SELECT id FROM ai_requests WHERE status = 'processing'").isEmpty ? nil : ()
        }
        try await body()
        do {
            return .success(try await answer)
        } catch {
            return .failure(error)
        }
    }

    @Test("finishes the request and the job under way, then ends well", arguments: [SIGTERM, SIGINT])
    func drains(_ signal: Int32) async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["DRYRUN_DELAY_MS": "8000"])
            let answer = try await occupy(service, of: site) { service.program.process.send(signal) }.get()
            #expect(answer.status == 200)
            #expect(answer["Connection"] == "close")
            #expect(try answer.json["status"] == "completed")
            #expect(try answer.json["result"]?.arrayValue?.count == 6)
            #expect(try await service.program.finished(within: .seconds(60)).ending == .exit(0))
            #expect(try service.program.log().last?["message"] == "stopped")
        }
    }

    @Test("leaves to the next one what it has not begun")
    func leavesQueue() async throws {
        try await Site.with { site in
            let settings = ["DRYRUN_DELAY_MS": "1000", "WORKER_CONCURRENCY": "2"]
            let service = try await site.serve(.all, settings)
            for _ in 0..<40 { _ = try await service.submit(Self.job) }
            try await eventually("a job that is being done") {
                try await service.health()["active_requests"]?.intValue ?? 0 > 0 ? () : nil
            }
            #expect(try await service.stop(within: .seconds(25)) == .exit(0))
            let states = try await site.rows("SELECT status, count(*) FROM ai_requests GROUP BY 1")
            #expect(Set(states.compactMap { $0["status"]?.stringValue }) == ["queued", "completed"])
        }
    }

    @Test("gives back a job that takes longer than it may, and does not count the attempt")
    func givesBack() async throws {
        try await Site.with { site in
            let settings = ["DRYRUN_DELAY_MS": "60000", "DRAIN_TIMEOUT_MS": "1000"]
            let service = try await site.serve(.all, settings)
            let answer = try await occupy(service, of: site) { service.program.process.send(SIGTERM) }.get()
            #expect(answer.status == 202)
            #expect(try await service.program.finished(within: .seconds(25)).ending == .exit(0))
            let job = try await site.rows("SELECT status, attempts, lease_owner FROM ai_requests")
            #expect(job == [["status": "queued", "attempts": 0, "lease_owner": .null]])
        }
    }

    @Test("ends at once when it is asked twice", arguments: [SIGTERM, SIGINT])
    func twice(_ signal: Int32) async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["DRYRUN_DELAY_MS": "60000"])
            _ = try await occupy(service, of: site) {
                service.program.process.send(signal)
                _ = try await service.program.logged("stopping")
                service.program.process.send(signal)
                #expect(try await service.program.finished(within: .seconds(20)).ending == .exit(128 + signal))
            }
        }
    }
}
