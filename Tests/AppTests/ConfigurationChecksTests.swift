import Testing

@testable import App

@Suite("What must hold between settings")
struct ConfigurationChecksTests {
    @Test(
        "A combination that cannot work is refused",
        arguments: [
            (["APP_ENV": "production"], "API_KEYS_REQUIRED: must be true with APP_ENV=production"),
            (
                ["JOB_HEARTBEAT_MS": "3000"],
                "JOB_HEARTBEAT_MS: must be less than half of JOB_LEASE_MS (6.0 seconds), but is 3.0 seconds"
            ),
            (["KAFKA_TOPIC_DLQ": "gigaoffice-requests"], "KAFKA_TOPIC_DLQ: must differ from KAFKA_TOPIC_REQUESTS"),
            (["KAFKA_SSL_CERTFILE": "c"], "KAFKA_SSL_CERTFILE: needs KAFKA_SSL_KEYFILE"),
            (["KAFKA_SSL_KEYFILE": "k"], "KAFKA_SSL_KEYFILE: needs KAFKA_SSL_CERTFILE"),
            (["KAFKA_SSL_PASSWORD": "p"], "KAFKA_SSL_PASSWORD: needs KAFKA_SSL_KEYFILE"),
            (["KAFKA_SASL_USERNAME": "u"], "KAFKA_SASL_USERNAME: needs KAFKA_SASL_MECHANISM"),
            (["KAFKA_SASL_PASSWORD": "p"], "KAFKA_SASL_PASSWORD: needs KAFKA_SASL_MECHANISM"),
            (
                ["KAFKA_SASL_MECHANISM": "PLAIN", "KAFKA_SASL_PASSWORD": "p"],
                "KAFKA_SASL_MECHANISM: needs KAFKA_SASL_USERNAME"
            ),
            (
                ["KAFKA_SASL_MECHANISM": "PLAIN", "KAFKA_SASL_USERNAME": "u"],
                "KAFKA_SASL_MECHANISM: needs KAFKA_SASL_PASSWORD"
            ),
        ])
    func refused(environment: [String: String], fault: String) {
        #expect(load(environment).faultTexts == [fault])
    }

    @Test(
        "A combination at its bound is accepted",
        arguments: [
            ["JOB_HEARTBEAT_MS": "2999"],
            ["KAFKA_SSL_CERTFILE": "c", "KAFKA_SSL_KEYFILE": "k", "KAFKA_SSL_PASSWORD": "p", "KAFKA_USE_SSL": "1"],
            ["KAFKA_SASL_MECHANISM": "plain", "KAFKA_SASL_USERNAME": "u", "KAFKA_SASL_PASSWORD": "p"],
            ["APP_ENV": "test"], ["API_KEYS_REQUIRED": "true"],
            [
                "APP_ENV": "production", "API_KEYS_REQUIRED": "true",
                "ADMIN_API_KEY": String(repeating: "aB3", count: 8),
            ],
        ])
    func accepted(environment: [String: String]) {
        #expect(load(environment).faultTexts == [])
    }

    @Test("In production every weak setting is refused, all at once and by name, and no secret is told")
    func production() {
        let weak = [
            "APP_ENV": "production", "ADMIN_API_KEY": "s3cr3t-w0rd", "DB_PASSWORD": "postgres", "LOG_PROMPTS": "true",
            "GIGACHAT_RUN_MODE": "cloud", "GIGACHAT_CREDENTIALS": "x", "GIGACHAT_VERIFY_SSL": "false",
            "KAFKA_BOOTSTRAP_SERVERS": "kafka:9092", "KAFKA_USE_SSL": "true", "KAFKA_SSL_CHECK_HOSTNAME": "false",
            "DB_HOST": "db.example", "DB_SSLMODE": "disable",
        ]
        let loaded = load(weak)
        #expect(
            loaded.faults.map(\.name) == [
                "API_KEYS_REQUIRED", "ADMIN_API_KEY", "DB_PASSWORD", "DB_SSLMODE", "GIGACHAT_VERIFY_SSL",
                "KAFKA_SSL_VERIFY_CERTIFICATES", "LOG_PROMPTS",
            ])
        #expect(!loaded.faultTexts.contains { $0.contains("s3cr3t") })
        #expect(load(weak.merging(["APP_ENV": "development"]) { $1 }).faults == [])
    }

    @Test(
        "A short password, a usual one, or the user's name is weak in production",
        arguments: ["gigaoffice", "Password", "short"])
    func weakPasswords(password: String) {
        let loaded = load(["APP_ENV": "production", "API_KEYS_REQUIRED": "true", "DB_PASSWORD": password])
        #expect(loaded.faults.map(\.name) == ["DB_PASSWORD"])
    }

    @Test("A password for Kafka that anybody on the way can read is weak in production, a proof of one is not")
    func kafkaPassword() {
        func faults(_ mechanism: String, encrypted: String) -> [String] {
            load([
                "APP_ENV": "production", "API_KEYS_REQUIRED": "true", "KAFKA_BOOTSTRAP_SERVERS": "kafka:9092",
                "KAFKA_SASL_MECHANISM": mechanism, "KAFKA_SASL_USERNAME": "u", "KAFKA_SASL_PASSWORD": "p",
                "KAFKA_USE_SSL": encrypted,
            ]).faults.map(\.name)
        }
        #expect(faults("PLAIN", encrypted: "false") == ["KAFKA_USE_SSL"])
        #expect(faults("PLAIN", encrypted: "true") == [])
        #expect(faults("SCRAM-SHA-512", encrypted: "false") == [])
    }

    @Test("A check does not judge a value that is only a stand-in")
    func skipsFaulty() {
        #expect(load(["JOB_LEASE_MS": "x", "JOB_HEARTBEAT_MS": "4000"]).faults.map(\.name) == ["JOB_LEASE_MS"])
    }

    @Test("Listening to other machines without keys gets a warning; listening to this one does not")
    func exposure() {
        #expect(load([:]).warningTexts == ["HOST: other machines can reach 0.0.0.0, and no API key is asked for"])
        for host in ["127.0.0.1", "localhost", "::1"] { #expect(load(["HOST": host]).warnings == []) }
    }

    @Test(
        "Settings that have no effect get a warning",
        arguments: [
            (["KAFKA_SSL_CAFILE": "c"], "KAFKA_SSL_* settings have no effect"),
            (["KAFKA_USE_SSL": "true"], "have no effect on the embedded broker"),
        ])
    func noEffect(environment: [String: String], sentence: String) {
        let loaded = load(environment)
        #expect(loaded.faultTexts == [])
        #expect(loaded.warningTexts.contains { $0.contains(sentence) })
    }
}
