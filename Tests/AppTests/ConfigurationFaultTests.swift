import Testing

@testable import App

@Suite("Faults of a configuration")
struct ConfigurationFaultTests {
    @Test("All faults of all sources come at once, each with its place")
    func allAtOnce() {
        let all = sources(
            environment: ["PORT": "x"],
            dotEnv: "export\nKAFKA_TOPIC_REQUESTS_PARTITIONS=x\nLOG_LEVEL='loud",
            files: [.database: #"{"port": "y"}"#, .kafka: "{", .gigachat: "[]"],
            options: ["HOST": "a b"]
        )
        #expect(
            ConfigurationLoader.load(all).faultTexts == [
                ".env line 1: there is no = after the name",
                ".env line 3: the quote is not closed on this line",
                "kafka_config.json: not JSON: line 1, column 2: unexpected end of text",
                "gigachat_config.json: the file must hold one JSON object",
                #"HOST: "a b" is not a host name or an IP address (from command line)"#,
                #"PORT: "x" is not a whole number from 0 to 65535 (from environment)"#,
                #"DB_PORT: "y" is not a whole number from 1 to 65535 (from database_config.json port)"#,
                "KAFKA_TOPIC_REQUESTS_PARTITIONS: \"x\" is not a whole number from 1 to 1000 (from .env line 2)",
            ])
    }

    @Test("Faults of reading come first")
    func readingFaults() {
        var all = sources(environment: ["PORT": "x"])
        all.faults = [ConfigurationFault("RESOURCES_DIR", "there is no folder x")]
        #expect(ConfigurationLoader.load(all).faults.map(\.name) == ["RESOURCES_DIR", "PORT"])
    }

    @Test("A long or odd value is shown cut and on one line")
    func quoting() {
        let long = String(repeating: "x", count: 1_000)
        let rule = "is not a whole number from 0 to 65535 (from environment)"
        #expect(load(["PORT": long]).faultTexts == ["PORT: \"\(long.prefix(64))…\" \(rule)"])
        #expect(load(["PORT": "a\n\u{1b}[31m"]).faultTexts == ["PORT: \"a??[31m\" \(rule)"])
    }

    @Test("A value that may hold a user's password is not shown")
    func addressWithPassword() {
        let loaded = load(["GIGACHAT_BASE_URL": "https://user:hunter2@host/"])
        let rule = "is not a http:// or https:// address without a user name (from environment)"
        #expect(loaded.faultTexts == ["GIGACHAT_BASE_URL: the value \(rule)"])
    }

    @Test("A JSON value that no setting can have is a fault", arguments: [#"{"host": [[1]]}"#, #"{"host": [{}]}"#])
    func oddJSON(text: String) {
        let loaded = ConfigurationLoader.load(sources(files: [.database: text]))
        #expect(loaded.faultTexts == ["database_config.json host: a list may hold only strings and numbers"])
    }

    @Test("A JSON file may write numbers, flags and lists as JSON")
    func jsonTypes() throws {
        let kafka =
            #"{"bootstrap_servers": ["a:1", "b:2"], "ssl": {"enabled": true}, "topics": {"dlq": {"partitions": 2}}}"#
        let configuration = try ConfigurationLoader.load(sources(files: [.kafka: kafka])).outcome.get()
        #expect(configuration.kafka.servers == [HostPort(host: "a", port: 1), HostPort(host: "b", port: 2)])
        #expect(configuration.kafka.tls.isOn)
        #expect(configuration.kafka.deadLetters.partitions == 2)
    }
}
