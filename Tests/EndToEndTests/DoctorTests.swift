import JSON
import TestSupport
import Testing

@Suite("gigaoffice doctor", .timeLimit(.minutes(10)))
struct DoctorTests {
    private static func checks(_ finished: FinishedProgram) throws -> [String: JSONValue] {
        let list = try JSONParser().parse(finished.output)["checks"]?.arrayValue ?? []
        return Dictionary(list.map { ($0["check"]?.stringValue ?? "", $0) }) { first, _ in first }
    }

    @Test("finds nothing to mend in a deployment that works")
    func good() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            // As many as the broker for development has.
            let topics = broker.settings.merging(["KAFKA_TOPIC_REQUESTS_PARTITIONS": "4"]) { $1 }
            let service = try await site.serve(.all, topics)
            _ = try await service.result(try await service.submit(#"{"query_text":"Посчитай"}"#))
            _ = try await site.run(["keys", "create", "--name", "plugin"])
            let settings = topics.merging(["HOST": "127.0.0.1"]) { $1 }
            let report = try await site.run(["doctor", "--language", "en"], settings)
            #expect(report.ending == .exit(0))
            let lines = report.output.split(separator: "\n")
            #expect(!lines.contains { $0.hasPrefix("fail") })
            let fine = lines.filter { $0.hasPrefix("ok  ") }.map { $0.dropFirst(6).prefix { $0 != " " } }
            for subject in ["settings", "prompts", "migrations", "database", "clock", "Kafka", "gigachat"] {
                #expect(fine.contains(Substring(subject)), "\(subject)")
            }
            let checks = try Self.checks(try await site.run(["doctor", "--json"], settings))
            #expect(checks["database tables"]?["status"] == "ok")
            #expect(checks["API keys"]?["detail"] == "1 usable keys")
            #expect(checks["topic \(broker.requests)"]?["status"] == "ok")
        }
    }

    @Test(
        "sees that a topic would refuse what is sent to it",
        .enabled(if: TestKafka.isReal, "the embedded broker does not tell a topic's settings"))
    func smallTopic() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let service = try await site.serve(.api, broker.settings)
            _ = try await service.submit(#"{"query_text":"Посчитай"}"#)
            try await site.untilPublished(1)
            // Kafka's own limit is 1 000 012 bytes.
            let settings = broker.settings.merging(["KAFKA_MAX_INLINE_BYTES": "1000000"]) { $1 }
            let report = try await site.run(["doctor", "--json"], settings)
            #expect(report.ending == .exit(1))
            let topic = try Self.checks(report)["topic \(broker.requests)"]
            #expect(topic?["status"] == "fail")
            #expect(topic?["detail"]?.stringValue?.hasPrefix("max.message.bytes=") == true)
        }
    }

    @Test("says what has not been set up yet, in Russian where that is spoken")
    func fresh() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let settings = broker.settings.merging(["LANG": "ru_RU.UTF-8", "KAFKA_TOPIC_DLQ": "not-there"]) { $1 }
            let report = try await site.run(["doctor", "--json"], settings)
            #expect(report.ending == .exit(0))
            let checks = try Self.checks(report)
            #expect(checks["database tables"]?["status"] == "warn")
            #expect(checks["database tables"]?["detail"]?.stringValue?.hasPrefix("не применены: 0001_") == true)
            #expect(checks["topic not-there"]?["detail"] == "его нет")
            #expect(try await site.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == ["0"])
        }
    }

    @Test("names each thing that does not answer or must not be so, and ends with 1")
    func broken() async throws {
        try await Site.withoutDatabase { site in
            let (database, kafka, model) = (try FreePort.find(), try FreePort.address(), try FreePort.address())
            let settings = [
                "DB_HOST": "127.0.0.1", "DB_PORT": String(database), "KAFKA_BOOTSTRAP_SERVERS": kafka,
                "GIGACHAT_RUN_MODE": "cloud", "GIGACHAT_CREDENTIALS": "c2VjcmV0",
                "GIGACHAT_BASE_URL": "http://\(model)/api/v1", "GIGACHAT_AUTH_URL": "http://\(model)/oauth",
                "MISTRAL_API_KEY": "mistral-secret", "MISTRAL_BASE_URL": "http://\(model)/v1",
                "GIGACHAT_CA_BUNDLE_FILE": "/nowhere/ca.pem", "LOG_FILE": "/nowhere/a.log",
            ]
            let report = try await site.run(["doctor", "--json"], settings)
            #expect(report.ending == .exit(1))
            let checks = try Self.checks(report)
            for subject in [
                "database", "Kafka", "gigachat", "gigachat tokens", "GIGACHAT_CA_BUNDLE_FILE", "LOG_FILE",
            ] {
                #expect(checks[subject]?["status"] == "fail", "\(subject)")
                #expect(checks[subject]?["advice"]?.stringValue?.isEmpty == false, "\(subject)")
            }
            #expect(checks["mistral"]?["status"] == "warn")
            #expect(!report.output.contains("secret") && !report.output.contains("c2VjcmV0"))
        }
    }

    @Test("looks no further when settings are wrong; sees changed migrations, and that nobody could come in")
    func odd() async throws {
        try await Site.with { site in
            #expect(try await site.run(["migrate"]).ending == .exit(0))
            _ = try await site.execute("UPDATE schema_migrations SET checksum = 'other' WHERE version = 2")
            let settings = ["API_KEYS_REQUIRED": "true", "RATE_LIMIT_PROCESS": "x"]
            let wrong = try await site.run(["doctor", "--json"], settings)
            #expect(wrong.ending == .exit(1))
            #expect(try Self.checks(wrong).keys.sorted() == ["settings"])
            let report = try await site.run(["doctor", "--json"], ["API_KEYS_REQUIRED": "true"])
            #expect(report.ending == .exit(1))
            let checks = try Self.checks(report)
            #expect(checks["database tables"]?["detail"]?.stringValue?.contains("0002_job_control.sql") == true)
            #expect(checks["database tables"]?["status"] == "fail")
            #expect(checks["API keys"]?["status"] == "fail")
        }
    }

    @Test("asks the models' servers nothing but whether they are there")
    func providers() async throws {
        try await Site.withoutDatabase { site in
            let model = try site.start(["fake-gigachat"])
            let output = try await eventually("the addresses") { () -> String? in
                try model.expectRunning()
                return model.output.contains("GIGACHAT_SCOPE=") ? model.output : nil
            }
            var settings = ["DB_HOST": "/nowhere", "GIGACHAT_RUN_MODE": "cloud"]
            for line in output.split(separator: "\n").dropFirst() {
                let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
                if parts.count == 2 { settings[parts[0]] = parts[1] }
            }
            let checks = try Self.checks(try await site.run(["doctor", "--json"], settings))
            #expect(checks["gigachat"]?["status"] == "ok")
            #expect(checks["gigachat tokens"]?["status"] == "ok")
            #expect(checks["gigachat"]?["detail"]?.stringValue?.contains("(401)") == true)
        }
    }
}
