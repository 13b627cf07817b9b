import JSON
import TestSupport
import Testing

@Suite("Old jobs")
struct RetentionTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis"}"#

    @Test("are deleted by a worker after RETENTION_DAYS, younger ones are not")
    func deleted() async throws {
        try await Site.with { site in
            let first = try await site.serve(.all)
            let old = try await first.submit(Self.job, ["Idempotency-Key": "old"])
            let young = try await first.submit(Self.job)
            for id in [old, young] { #expect(try await first.result(waitedFor: id)["status"] == "completed") }
            #expect(try await first.stop() == .exit(0))
            for (id, days) in [(old, 8), (young, 6)] {
                _ = try await site.execute(
                    """
                    UPDATE ai_requests SET created_at = created_at - interval '\(days) days',
                        completed_at = completed_at - interval '\(days) days' WHERE id = '\(id)'
                    """)
            }
            _ = try await site.execute("UPDATE idempotency_keys SET created_at = now() - interval '25 hours'")
            let second = try await site.serve(.all, ["RETENTION_DAYS": "7"])
            let line = try await second.program.logged("old jobs were deleted")
            #expect(line["jobs"] == 1)
            #expect(line["idempotency_keys"] == 1)
            #expect(try await second.client.get("/api/ai/status/\(old)").status == 404)
            #expect(try await second.status(young)["status"] == "completed")
        }
    }
}
