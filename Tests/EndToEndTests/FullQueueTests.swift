import TestSupport
import Testing

@Suite("A full queue")
struct FullQueueTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis"}"#

    @Test("turns clients of every process away, and takes jobs again when some have ended")
    func full() async throws {
        try await Site.with { site in
            let settings = ["MAX_QUEUE_SIZE": "5", "KAFKA_BOOTSTRAP_SERVERS": try FreePort.address()]
            let first = try await site.serve(.api, settings)
            let second = try await site.serve(.api, settings)
            for number in 1...5 {
                // Jobs that are stored while they are counted count twice until the next second.
                try await eventually("a place for job \(number)") {
                    try await first.client.post("/api/ai/process", json: Self.job).status == 202 ? () : nil
                }
            }
            let refused = try await first.client.post("/api/ai/process", json: Self.job)
            #expect(refused.status == 429)
            #expect(refused["Retry-After"] == "5")
            // The other process knows within a second, and lets in no more than that second's jobs.
            try await eventually("a full queue in the other process") {
                try await second.client.post("/api/ai/process", json: Self.job).status == 429 ? () : nil
            }
            _ = try await site.execute("UPDATE ai_requests SET status = 'cancelled', completed_at = now()")
            try await eventually("room in the queue") {
                try await first.client.post("/api/ai/process", json: Self.job).status == 202 ? () : nil
            }
        }
    }
}
