import API
import JSON
import TestSupport
import Testing

@Suite("API: health", .timeLimit(.minutes(10)))
struct HealthTests {
    @Test("health tells the fields that clients know, and each component")
    func fields() async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/api/health")
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "application/json")
            #expect(answer["cache-control"] == "no-store")
            let time = try #require(answer.json["timestamp"]?.stringValue)
            #expect(time.hasSuffix("Z"))
            #expect(
                answer.text == #"{"status":"ok","timestamp":"\#(time)","version":"1.2.3","uptime":60.5,"#
                    + #""database":true,"gigachat":true,"kafka":true,"active_requests":2,"queue_size":3,"#
                    + #""memory_usage":64.5,"cpu_usage":12.5,"components":{"#
                    + #""database":{"status":"up","latency_ms":0.5},"kafka":{"status":"up","latency_ms":1.25},"#
                    + #""gigachat":{"status":"up","latency_ms":null,"detail":"dryrun"}}}"#)
        }
    }

    @Test(
        "the status says whether the service can work",
        arguments: [
            (true, true, true, "ok", 200), (true, false, true, "degraded", 200), (true, true, false, "degraded", 200),
            (true, false, false, "degraded", 200), (false, true, true, "down", 503), (false, false, false, "down", 503),
        ])
    func status(database: Bool, kafka: Bool, model: Bool, status: String, code: Int) async throws {
        try await TestAPI.with { test in
            test.health.change { report in
                report.database.isUp = database
                report.kafka.isUp = kafka
                report.model.isUp = model
                if !database { report.load = nil }
            }
            let answer = try await test.get("/api/health")
            #expect(answer.status == code)
            #expect(answer.json["status"]?.stringValue == status)
            #expect(answer.json["database"]?.boolValue == database)
            #expect(answer.json["kafka"]?.boolValue == kafka)
            #expect(answer.json["gigachat"]?.boolValue == model)
            #expect(answer.json["queue_size"] == (database ? 3 : 0))
            #expect(answer.json["components"]?["kafka"]?["status"]?.stringValue == (kafka ? "up" : "down"))
        }
    }

    @Test("ping answers")
    func ping() async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/api/ping")
            #expect(answer.status == 200)
            let time = try #require(answer.json["timestamp"]?.stringValue)
            #expect(answer.text == #"{"status":"pong","version":"1.2.3","timestamp":"\#(time)"}"#)
        }
    }

    @Test("a process that answers is alive, whatever it depends on")
    func livez() async throws {
        try await TestAPI.with { test in
            test.health.change { $0.database.isUp = false }
            test.health.stopAccepting()
            #expect(try await test.get("/livez").status == 200)
            let head = try await test.ask("HEAD", "/livez")
            #expect(head.status == 200)
        }
    }

    @Test("it is ready while it accepts and the database answers; Kafka may be down")
    func readyz() async throws {
        try await TestAPI.with { test in
            test.health.change { $0.kafka.isUp = false }
            #expect(try await test.get("/readyz").status == 200)
            test.health.change { $0.database.isUp = false }
            let withoutDatabase = try await test.get("/readyz")
            #expect(withoutDatabase.status == 503)
            #expect(withoutDatabase["retry-after"] == "1")
            test.health.change { $0.database.isUp = true }
            #expect(try await test.get("/readyz").status == 200)
            test.health.stopAccepting()
            let draining = try await test.get("/readyz")
            #expect(draining.status == 503)
            #expect(draining.text == "draining\n")
        }
    }

    @Test("robots are sent away")
    func robots() async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/robots.txt")
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "text/plain; charset=utf-8")
            #expect(answer.text == "User-agent: *\nDisallow: /\n")
        }
    }
}
