import Foundation
import JSON
import TestSupport
import Testing

@Suite("Place in the queue and remaining time")
struct ForecastTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis","input_data":[[1,2],[3,4]]}"#

    private struct Asked {
        let id: String
        let at: Date
        let seconds: Double
        let position: Int
    }

    private func ask(_ service: Service, _ id: String) async throws -> Asked? {
        let status = try await service.status(id)
        guard let seconds = status["estimated_time"]?.doubleValue, let position = status["queue_position"]?.intValue
        else { return nil }
        return Asked(id: id, at: Date(), seconds: seconds, position: position)
    }

    /// Seconds from the question to the job's end.
    private func actualSeconds(_ asked: Asked, _ service: Service) async throws -> Double {
        _ = try await service.result(asked.id)
        let text = try #require(try await service.status(asked.id)["completed_at"]?.stringValue)
        let end = try Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return end.timeIntervalSince(asked.at)
    }

    @Test("under a steady load the median of what is told is off by a quarter at most", .timeLimit(.minutes(10)))
    func median() async throws {
        try await Site.with { site in
            let service = try await site.serve(
                .all, ["DRYRUN_DELAY_MS": "250", "WORKER_CONCURRENCY": "2"])
            for _ in 1...4 {
                _ = try await service.client.post("/api/ai/process", json: Self.job, ["Prefer": "wait=50"])
            }
            var ids: [String] = []
            for _ in 0..<60 { ids.append(try await service.submit(Self.job)) }
            var asked: [Asked] = []
            for id in ids { if let one = try await ask(service, id) { asked.append(one) } }
            #expect(asked.count > 30)
            #expect(asked.map(\.position) == asked.map(\.position).sorted())
            var errors: [Double] = []
            for one in asked {
                let actual = try await actualSeconds(one, service)
                if actual > 0 { errors.append(abs(one.seconds - actual) / actual) }
            }
            errors.sort()
            #expect(errors[errors.count / 2] <= 0.25, "\(errors)")
            print("median error of the remaining time: \(errors[errors.count / 2]), of \(errors.count) jobs")
        }
    }
}
