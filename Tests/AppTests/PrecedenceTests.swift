import Testing

@testable import App

@Suite("Where a setting comes from")
struct PrecedenceTests {
    private let file = [ConfigurationFile.database: #"{"host": "from-file", "port": 1}"#]

    @Test("Without any source every setting has its default and there is no fault")
    func defaults() throws {
        let loaded = load([:])
        #expect(try loaded.outcome.get() == Configuration())
        #expect(loaded.effective.allSatisfy { $0.origin == .fallback })
        #expect(loaded.effective.map(\.setting.name) == SettingTable.settings.map(\.name))
    }

    @Test("A JSON file stands over the default")
    func fileOverDefault() throws {
        let loaded = ConfigurationLoader.load(sources(files: file))
        #expect(try loaded.outcome.get().database.host == "from-file")
        #expect(loaded.origin(of: "DB_HOST") == .file("database_config.json", key: "host"))
    }

    @Test("The .env file stands over the JSON file")
    func dotEnvOverFile() throws {
        let loaded = ConfigurationLoader.load(sources(dotEnv: "\nDB_HOST=from-dotenv", files: file))
        #expect(try loaded.outcome.get().database.host == "from-dotenv")
        #expect(try loaded.outcome.get().database.port == 1)
        #expect(loaded.origin(of: "DB_HOST") == .environmentFile(".env", line: 2))
    }

    @Test("The environment stands over the .env file")
    func environmentOverDotEnv() throws {
        let all = sources(environment: ["DB_HOST": "from-environment"], dotEnv: "DB_HOST=from-dotenv", files: file)
        let loaded = ConfigurationLoader.load(all)
        #expect(try loaded.outcome.get().database.host == "from-environment")
        #expect(loaded.origin(of: "DB_HOST") == .environment)
    }

    @Test("The command line stands over the environment")
    func optionsOverEnvironment() throws {
        let loaded = ConfigurationLoader.load(sources(environment: ["PORT": "1"], options: ["PORT": "2"]))
        #expect(try loaded.outcome.get().server.port == 2)
        #expect(loaded.origin(of: "PORT") == .commandLine)
    }

    @Test("An empty text says \"not set\" and hides what stands below it")
    func emptyHides() throws {
        let all = sources(environment: ["DB_HOST": "", "LOG_FILE": ""], dotEnv: "DB_HOST=x\nLOG_FILE=y", files: file)
        let configuration = try ConfigurationLoader.load(all).outcome.get()
        #expect(configuration.database.host == "localhost")
        #expect(configuration.logging.file == nil)
    }

    @Test("A folder that was found stands in where nobody names one")
    func found() throws {
        var all = sources(environment: ["RESOURCES_DIR": "", "MIGRATIONS_DIR": "/named"])
        all.found = ["RESOURCES_DIR": "/found/resources", "MIGRATIONS_DIR": "/found/migrations"]
        let loaded = ConfigurationLoader.load(all)
        #expect(try loaded.outcome.get().paths.resources == "/found/resources")
        #expect(try loaded.outcome.get().paths.migrations == "/named")
        #expect(loaded.origin(of: "RESOURCES_DIR") == .search)
    }

    @Test("A null in a JSON file leaves the setting alone")
    func null() throws {
        let loaded = ConfigurationLoader.load(sources(files: [.database: #"{"host": null}"#]))
        #expect(loaded.origin(of: "DB_HOST") == .fallback)
        #expect(loaded.warnings.allSatisfy { !$0.description.contains("host") })
    }
}
