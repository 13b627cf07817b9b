import JSON
import TestSupport
import Testing

@Suite("Cancelling")
struct CancelTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis"}"#
    private static let slow = ["DRYRUN_DELAY_MS": "60000", "WORKER_CONCURRENCY": "1"]

    private func untilProcessing(_ id: String, on api: Service) async throws {
        try await eventually("a job that is being done") {
            try await api.status(id)["status"] == "processing" ? () : nil
        }
    }

    @Test("reaches a model call in another process, whose slot is free then")
    func running() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let api = try await site.serve(.api, broker.settings)
            let worker = try await site.work(broker.settings.merging(Self.slow) { $1 })
            let id = try await api.submit(Self.job)
            try await untilProcessing(id, on: api)
            let next = try await api.submit(Self.job)
            let start = ContinuousClock.now
            let answer = try await api.client.send("DELETE", "/api/ai/requests/\(id)")
            #expect(answer.status == 200)
            #expect(try answer.json["status"] == "cancelled")
            _ = try await worker.logged("a job was cancelled while it ran", within: .seconds(10))
            // A second, as promised, and what a busy machine may add.
            #expect(ContinuousClock.now - start < .seconds(3))
            try await untilProcessing(next, on: api)
            #expect(try await api.status(id)["status"] == "cancelled")
        }
    }

    @Test("is told to the readers of the responses topic, and a waiting job never runs")
    func waiting() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let api = try await site.serve(.api, broker.settings)
            let id = try await api.submit(Self.job)
            try await site.untilPublished(1)
            #expect(try await api.client.send("DELETE", "/api/ai/requests/\(id)").status == 200)
            #expect(try await site.rows("SELECT 1 FROM outbox WHERE kind = 'request'").isEmpty)
            try await site.work(broker.settings)
            let other = try await api.submit(Self.job)
            try await KafkaOutsider.with(broker.servers, reading: [broker.responses]) { outsider in
                let responses = try await outsider.values(of: broker.responses, 2)
                let cancelled = try #require(responses.first { $0["request_id"]?.stringValue == id })
                #expect(cancelled["status"] == "cancelled")
                #expect(cancelled["result"]?["success"] == false)
            }
            #expect(try await api.result(other)["status"] == "completed")
            #expect(try await api.status(id)["attempts"] == 0)
            #expect(try await api.client.send("DELETE", "/api/ai/requests/\(other)").status == 409)
        }
    }
}
