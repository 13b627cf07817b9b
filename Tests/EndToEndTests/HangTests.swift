import JSON
import TestSupport
import Testing

@Suite("A service whose dependencies take connections and say nothing", .timeLimit(.minutes(10)))
struct HangTests {
    /// The contract says one second; the rest is for a machine that has other things to do.
    private static let limit = Duration.seconds(4)
    private static let chat = #"{"model":"GigaChat","messages":[{"role":"user","content":"Привет"}]}"#

    /// Asks a route, and expects that it did not wait for anything.
    private static func ask(_ path: String, _ service: Service) async throws -> Answer {
        let start = ContinuousClock.now
        let answer = try await service.client.get(path)
        let time = ContinuousClock.now - start
        #expect(time < limit, "\(path) took \(time)")
        return answer
    }

    @Test(
        "answers for its health all the same, and stops: Kafka and the provider hang from the start, then the database"
    )
    func health() async throws {
        try await FreezingProxy.withMute { mute in
            try await Site.with { site in
                try await FreezingProxy.with(toSocket: site.databaseSocket) { database in
                    let nobody = "127.0.0.1:\(mute.port)"
                    let service = try await site.serve(
                        .all,
                        [
                            "DB_HOST": "127.0.0.1", "DB_PORT": String(database.port),
                            "KAFKA_BOOTSTRAP_SERVERS": nobody, "GIGACHAT_RUN_MODE": "cloud",
                            "GIGACHAT_CREDENTIALS": "c2VjcmV0", "GIGACHAT_BASE_URL": "http://\(nobody)/api/v1",
                            "GIGACHAT_AUTH_URL": "http://\(nobody)/oauth", "MAX_PROCESSING_TIME": "15",
                        ])
                    async let call = service.client.post("/v1/chat/completions", json: Self.chat)
                    try await Self.expectDegraded(service)
                    database.freeze()
                    try await Self.expectDown(service)
                    #expect(try await call.status != 200)
                    #expect(try await service.stop(within: .seconds(60)) == .exit(0))
                }
            }
        }
    }

    private static func expectDegraded(_ service: Service) async throws {
        for _ in 0..<5 {
            let answer = try await ask("/api/health", service)
            let health = try answer.json
            #expect(answer.status == 200 && health["status"] == "degraded")
            #expect(health["database"] == true && health["kafka"] == false)
            #expect(try await ask("/readyz", service).status == 200)
            #expect(try await ask("/livez", service).status == 200)
        }
    }

    private static func expectDown(_ service: Service) async throws {
        let answer = try await eventually("the database counts as down", within: .seconds(30)) {
            let answer = try await ask("/api/health", service)
            return answer.status == 503 ? answer : nil
        }
        #expect(try answer.json["status"] == "down")
        #expect(try answer.json["components"]?["database"]?["detail"] == "does not answer")
        for (path, status) in [("/api/health", 503), ("/readyz", 503), ("/livez", 200), ("/api/ping", 200)] {
            #expect(try await ask(path, service).status == status, "\(path)")
        }
    }
}
