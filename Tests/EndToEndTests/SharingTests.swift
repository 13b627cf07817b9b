import JSON
import Kafka
import TestSupport
import Testing

@Suite("How jobs share the model")
struct SharingTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis","input_data":[[1,2]]}"#

    @Test(
        "jobs that ask the same at the same time have one call where COALESCE_IDENTICAL says so, and one each else",
        arguments: [true, false])
    func coalesce(isOn: Bool) async throws {
        try await Site.with { site in
            let service = try await site.serve(
                .all, ["DRYRUN_DELAY_MS": "10000", "COALESCE_IDENTICAL": isOn ? "true" : "false"])
            var ids: [String] = []
            for _ in 1...4 { ids.append(try await service.submit(Self.job)) }
            for id in ids {
                let result = try await service.result(id)
                #expect(result["status"] == "completed")
                #expect(result["result"]?.arrayValue?.isEmpty == false)
            }
            let calls = try service.program.log().filter { $0["message"] == "model call" }
            #expect(calls.count == (isOn ? 1 : 4))
            let tokens = try await site.rows("SELECT sum(tokens_used) AS tokens FROM ai_requests")
            #expect(tokens.first?["tokens"]?.intValue == (isOn ? 18 : 72))
        }
    }

    @Test("a client that weighs four times as much starts about four times as many jobs")
    func weights() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            _ = try await site.serve(.api, broker.settings)
            try await KafkaOutsider.with(broker.servers, reading: [broker.responses]) { outsider in
                for _ in 1...20 {
                    for user in 1...2 {
                        let job = #"{"query":"q","category":"analysis","user_id":\#(user)}"#
                        try await outsider.send(Array(job.utf8), key: "one partition", to: broker.requests)
                    }
                }
                try await site.work(
                    broker.settings.merging(
                        ["WORKER_CONCURRENCY": "1", "DRYRUN_DELAY_MS": "50", "CLIENT_WEIGHTS": "kafka:user:2=4"]
                    ) { $1 })
                _ = try await outsider.values(of: broker.responses, 40)
                let rows = try await site.rows(
                    "SELECT client_id, user_id FROM ai_requests ORDER BY started_at LIMIT 15")
                #expect(rows.allSatisfy { $0["client_id"]?.stringValue == "kafka:user:\($0["user_id"] ?? .null)" })
                // Twelve, give or take what was begun before all had come; seven or eight with equal shares.
                #expect(rows.count { $0["user_id"] == 2 } >= 10)
            }
        }
    }
}
