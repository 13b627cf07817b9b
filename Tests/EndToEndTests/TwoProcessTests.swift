import JSON
import TestSupport
import Testing

@Suite("API and worker as processes of their own")
struct TwoProcessTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis","input_data":[[1,2],[3,4]]}"#

    @Test("do a job together over a broker that they share")
    func together() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let api = try await site.serve(.api, broker.settings)
            try await site.work(broker.settings)
            let answer = try await api.client.post("/api/ai/process", json: Self.job, ["Prefer": "wait=50"])
            #expect(answer.status == 200)
            let result = try answer.json
            #expect(result["status"] == "completed")
            #expect(result["result"]?.arrayValue?.count == 6)
            #expect(result["tokens_used"] == 18)
        }
    }

    @Test("leave a job in the queue until there is a worker")
    func lateWorker() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let api = try await site.serve(.api, broker.settings)
            let id = try await api.submit(Self.job)
            try await site.untilPublished(1)
            let early = try await api.client.get("/api/ai/result/\(id)").json
            #expect(early == ["success": false, "status": "queued", "message": "Запрос еще не завершен"])
            let waiting = try await api.status(id)
            #expect(waiting["status"] == "queued")
            #expect(waiting["progress"] == 0)
            #expect(waiting["attempts"] == 0)
            #expect(waiting["started_at"] == .null)
            try await site.work(broker.settings)
            #expect(try await api.result(id)["status"] == "completed")
        }
    }
}

extension Site {
    /// Waits until the messages of this many jobs, and no more, have been taken by a broker and by no worker.
    func untilPublished(_ count: Int) async throws {
        try await eventually("\(count) published jobs") {
            let published = try await rows("SELECT 1 FROM outbox WHERE kind = 'request' AND published_at IS NOT NULL")
            return published.count == count ? () : nil
        }
    }
}
