import Testing

@testable import App

@Suite("What a setting accepts")
struct SettingValueTests {
    @Test(
        "A wrong value is refused by name",
        arguments: [
            ("PORT", ["x", "-1", "+5", "65536", "8000.0", "0x50", "٣", "99999999999999999999", "1 2"]),
            ("HTTP_LOOPS", ["65"]), ("DB_CONNECTIONS_PER_LOOP", ["0", "33"]), ("KAFKA_TOPIC_DLQ_PARTITIONS", ["0"]),
            (
                "CLIENT_WEIGHTS",
                [
                    "a", "a=", "=1", "a=0", "a=0.001", "a=1001", "a=-1", "a=1e2", "a=1.234", "a=.5", "a=nan", "a=1,",
                    "a=1,a=2", "a=1;b=2", String(repeating: "x", count: 257) + "=1",
                ]
            ),
            ("JOB_LEASE_MS", ["6s", "499", "600001"]), ("MAX_PROCESSING_TIME", ["0", "86401", "1.5"]),
            ("KAFKA_USE_SSL", ["2", "ja", "truee"]), ("LOG_LEVEL", ["loud", "warn"]), ("APP_ENV", ["prod"]),
            ("GIGACHAT_RUN_MODE", ["live"]), ("DB_SSLMODE", ["verify_full", "allow"]),
            ("KAFKA_SASL_MECHANISM", ["SCRAM"]),
            (
                "KAFKA_BOOTSTRAP_SERVERS",
                ["broker", "broker:", ":9092", "a:1,,b:2", "a:0", "a:65536", "::1:9092", "[x]:1", "a b:1"]
            ),
            ("HOST", ["a b", "http://x", "-x", "x..y", "[::1]"]), ("DB_HOST", ["a/b", "a b"]),
            ("DB_SCHEMA", ["Public", "1a", "a-b", "a;b", "ä"]), ("DB_NAME", [String(repeating: "x", count: 64)]),
            ("KAFKA_TOPIC_REQUESTS", [".", "..", "a b", "тема", String(repeating: "x", count: 250)]),
            ("CORS_ALLOW_ORIGINS", ["example.ru", "https://", "*,", "https://a b"]),
            ("LOG_FILE", ["a\nb", String(repeating: "x", count: 4097)]),
            (
                "GIGACHAT_BASE_URL",
                ["ftp://x", "x", "https://", "https://a b", "https://u:p@x", "https://x:99999/", "http://[x]/"]
            ),
            ("MISTRAL_API_KEY", [String(repeating: "x", count: 16_385), "a\0b"]),
        ])
    func refused(name: String, texts: [String]) {
        for text in texts {
            let loaded = load([name: text])
            #expect(loaded.faults.map(\.name) == [name], "\(name)=\(text)")
            #expect(loaded.value(of: name) == .faulty)
        }
    }

    @Test(
        "A right value is shown as it is understood",
        arguments: [
            ("PORT", "0", "0"), ("PORT", " 8080 ", "8080"), ("PORT", "0080", "80"),
            ("KAFKA_SSL_CHECK_HOSTNAME", "Off", "false"),
            ("HTTP_MAX_BODY_BYTES", "1024", "1024"), ("LOG_LEVEL", "DEBUG", "debug"), ("HOST", "::1", "::1"),
            ("KAFKA_BOOTSTRAP_SERVERS", "a:1, [::1]:2,b_c.d:3", "a:1,[::1]:2,b_c.d:3"),
            ("DB_HOST", "/var/run/postgresql", "/var/run/postgresql"), ("DB_SSLMODE", "verify-full", "verify-full"),
            (
                "CORS_ALLOW_ORIGINS", "https://*.example.ru, onlyoffice://*, null",
                "https://*.example.ru,onlyoffice://*,null"
            ),
            ("CLIENT_WEIGHTS", " b = 2.0, kafka:user:42=0.5,::1=0.25", "::1=0.25,b=2,kafka:user:42=0.5"),
            ("JOB_LEASE_MS", "60000", "60000"), ("MAX_PROCESSING_TIME", "90", "90"),
            ("GIGACHAT_BASE_URL", "http://127.0.0.1:8080/api?x=1", "http://127.0.0.1:8080/api?x=1"),
            ("GIGACHAT_AUTH_URL", "https://[::1]:9443", "https://[::1]:9443"),
        ])
    func accepted(name: String, text: String, shown: String) {
        let loaded = load([name: text])
        #expect(loaded.faultTexts == [])
        #expect(loaded.value(of: name) == .shown(shown))
    }

    @Test("Durations carry their unit")
    func durations() throws {
        let configuration = try load(["JOB_LEASE_MS": "7500", "MAX_PROCESSING_TIME": "90"]).outcome.get()
        #expect(configuration.worker.lease == .milliseconds(7_500))
        #expect(configuration.worker.maxProcessingTime == .seconds(90))
    }

    @Test("Spaces around a secret belong to it")
    func secretSpaces() throws {
        #expect(try load(["DB_PASSWORD": " x "]).outcome.get().database.password?.reveal() == " x ")
    }

    @Test("No broker list means the embedded broker")
    func embeddedBroker() throws {
        #expect(try load([:]).outcome.get().kafka.usesEmbeddedBroker)
        #expect(try !load(["KAFKA_BOOTSTRAP_SERVERS": "a:1"]).outcome.get().kafka.usesEmbeddedBroker)
    }

    @Test(
        "Zero loops stand for one per core, within bounds", arguments: [(0, 4, 4), (0, 200, 64), (0, 0, 1), (3, 8, 3)])
    func loops(configured: Int, cores: Int, expected: Int) {
        #expect(Configuration.Server(loops: configured).loopCount(cores: cores) == expected)
    }
}
