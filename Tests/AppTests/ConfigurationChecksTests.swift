import Testing

@testable import App

@Suite("What must hold between settings")
struct ConfigurationChecksTests {
    @Test(
        "A combination that cannot work is refused",
        arguments: [
            (
                ["APP_ENV": "production"],
                "APP_ENV: API keys are not supported by this version, so it can't run with APP_ENV=production"
            ),
            (
                ["API_KEYS_REQUIRED": "true"],
                "API_KEYS_REQUIRED: API keys are not supported by this version, so it can't require them"
            ),
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
            ["APP_ENV": "test"],
        ])
    func accepted(environment: [String: String]) {
        #expect(load(environment).faultTexts == [])
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
