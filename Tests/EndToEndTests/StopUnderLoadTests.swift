import EventLoop
import Glibc
import JSON
import TestSupport
import Testing

@Suite("A service that is asked to stop under load")
struct StopUnderLoadTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis"}"#

    /// What a third of the clients ask for are jobs; `accepted` gets the ids of those that are answered with 202.
    private static func exchange(_ number: Int, _ accepted: Lock<[String]>) -> RestlessClients.Exchange {
        guard number.isMultiple(of: 3) else {
            return RestlessClients.Exchange("GET", "/api/ping") { $0.status == 200 }
        }
        return RestlessClients.Exchange("POST", "/api/ai/process", body: job) { answer in
            // tidy: allow try? — an answer that is no JSON is not right
            guard answer.status == 202, let object = try? JSONParser().parse(answer.body),
                let id = object["request_id"]?.stringValue
            else { return false }
            accepted.withLock { $0.append(id) }
            return true
        }
    }

    @Test("says so first, answers whatever it has let in, keeps every job it has accepted, and ends well")
    func stops() async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["DRAIN_DELAY_MS": "3000"])
            let address = try service.address
            let accepted = Lock<[String]>([])
            let seen = try await onLoop { loop in
                let clients = RestlessClients(of: address, on: loop, enough: 300) { Self.exchange($0, accepted) }
                let habits: [RestlessClients.Habit] =
                    Array(repeating: .keepsConnection, count: 12) + Array(repeating: .pipelines(4), count: 4)
                    + Array(repeating: .connectsAnew, count: 8)
                return await clients.run(habits) { await Self.end(service) }
            }
            #expect(seen.faults == [])
            #expect(seen.lastAnswers == 16)
            #expect(seen.refused == 8)
            #expect(try await service.program.finished(within: .seconds(30)).ending == .exit(0))
            let kept = try await site.rows("SELECT id FROM ai_requests").compactMap { $0["id"]?.stringValue }
            let promised = accepted.withLock { $0 }
            #expect(promised.count > 100)
            #expect(Set(promised).subtracting(kept) == [])
        }
    }

    /// Asks it to stop, and looks at it while it still lets everybody in.
    private static func end(_ service: Service) async {
        service.program.process.send(SIGTERM)
        do {
            try await eventually("a service that is not ready") {
                try await service.client.get("/readyz").status == 503 ? () : nil
            }
            #expect(try await service.client.get("/livez").status == 200)
            _ = try await service.submit(job)
        } catch {
            Issue.record("while it says that it ends: \(error)")
        }
    }
}
