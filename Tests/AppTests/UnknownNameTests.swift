import Testing

@testable import App

@Suite("Names that nobody knows")
struct UnknownNameTests {
    private func warnings(_ all: ConfigurationSources) -> [String] {
        ConfigurationLoader.load(all).warningTexts.filter { !$0.hasPrefix("HOST:") }
    }

    @Test(
        "A name like ours gets a warning with the nearest known name",
        arguments: [
            ("KAFKA_TOPIC_REQUEST", "KAFKA_TOPIC_REQUESTS"), ("DB_PASWORD", "DB_PASSWORD"),
            ("GIGACHAT_RUNMODE", "GIGACHAT_RUN_MODE"), ("DB_HSOT", "DB_HOST"), ("KAFKA_CA_FILE", "KAFKA_SSL_CAFILE"),
        ])
    func suggestion(name: String, nearest: String) {
        #expect(
            warnings(sources(environment: [name: "x"])) == [
                "\(name) is not a known setting (from environment); did you mean \(nearest)?"
            ])
    }

    @Test("A name that is like no other gets a warning without a guess")
    func noGuess() {
        let expected = ["KAFKA_ZZZZZZZZZZZZZZZZZZZZZZ is not a known setting (from .env line 3)"]
        #expect(warnings(sources(dotEnv: "# x\n\nKAFKA_ZZZZZZZZZZZZZZZZZZZZZZ=1")) == expected)
    }

    @Test("Names of other programs are nobody's business", arguments: ["PATH", "HTTP_PROXY", "DBUS", "POSTGRES_DB"])
    func others(name: String) {
        #expect(warnings(sources(environment: [name: "x"])) == [])
    }

    @Test("An unknown key of a JSON file gets a warning with the nearest known key")
    func jsonKey() {
        let text = #"{"topics": {"dlq": {"partition": 1}}, "note": 1, "ssl": {"password": "hunter2"}}"#
        #expect(
            warnings(sources(files: [.kafka: text])) == [
                #"kafka_config.json: "topics.dlq.partition" is not a known key; did you mean "topics.dlq.partitions"?"#,
                "kafka_config.json: \"note\" is not a known key",
                "kafka_config.json: \"ssl.password\" is not a known key",
            ])
    }

    @Test("A name that the .env file sets twice gets a warning, and the later line counts")
    func twice() throws {
        let all = sources(dotEnv: "PORT=1\nPORT=2")
        #expect(warnings(all) == ["PORT is set twice: .env line 2 hides .env line 1"])
        #expect(try ConfigurationLoader.load(all).outcome.get().server.port == 2)
    }

    @Test("The .env file cannot name another .env file")
    func environmentFileName() {
        let all = sources(dotEnv: "GIGAOFFICE_ENV_FILE=x")
        #expect(warnings(all) == ["GIGAOFFICE_ENV_FILE counts only in the environment (from .env line 1)"])
        #expect(ConfigurationLoader.load(all).value(of: "GIGAOFFICE_ENV_FILE") == .unset)
    }

    @Test(
        "The distance counts letters put in, left out, replaced or swapped",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("abc", "ac", 1), ("abc", "abxc", 1), ("abc", "axc", 1),
            ("abc", "acb", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
        ])
    func distance(left: String, right: String, expected: Int) {
        #expect(Spelling.distance(left, right) == expected)
        #expect(Spelling.distance(right, left) == expected)
    }

    @Test("A warning stays on its line")
    func controlCharacters() {
        let all = sources(environment: ["DB_\u{1b}[2J\n": "x"])
        #expect(warnings(all) == ["DB_?[2J? is not a known setting (from environment)"])
    }

    @Test("A name of any length is answered at once")
    func longName() {
        #expect(Spelling(known: ["DB_HOST"]).nearest(to: String(repeating: "x", count: 1_000_000)) == nil)
    }
}
