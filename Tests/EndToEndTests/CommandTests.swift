import Glibc
import JSON
import TestSupport
import Testing

@Suite("The commands of the program")
struct CommandTests {
    private static let commands = [
        "serve", "jobs", "dlq", "models", "migrate", "config", "health", "version", "dev-broker", "fake-gigachat",
    ]

    @Test("explain themselves", arguments: commands)
    func help(_ command: String) async throws {
        try await Site.withoutDatabase { site in
            let asked = try await site.run([command, "--help"])
            #expect(asked.ending == .exit(0))
            #expect(asked.output.hasPrefix("usage: gigaoffice \(command)"))
            #expect(asked.errors.isEmpty)
        }
    }

    @Test("list the models of every provider, and say by their ending that one of them fails")
    func models() async throws {
        try await Site.withoutDatabase { site in
            let whole = try await site.run(["models"])
            #expect(whole.ending == .exit(0))
            #expect(whole.output.hasPrefix("PROVIDER ") && whole.output.contains("dryrun/dryrun"))
            let broken = ["MISTRAL_API_KEY": "secret-key", "MISTRAL_BASE_URL": "http://127.0.0.1:1"]
            let listed = try await site.run(["models", "--json"], broken)
            #expect(listed.ending == .exit(69))
            #expect(!listed.output.contains("secret-key") && !listed.errors.contains("secret-key"))
            let report = try JSONParser().parse(listed.output)
            #expect(report["models"]?.arrayValue?.compactMap { $0["provider"]?.stringValue } == ["dryrun"])
            #expect(report["failures"]?["mistral"]?["class"] == "transport")
            let balance = try await site.run(["models", "--balance"])
            #expect(balance.ending == .exit(69) && balance.output.contains("GIGACHAT_RUN_MODE is dryrun"))
        }
    }

    @Test("are listed")
    func overview() async throws {
        try await Site.withoutDatabase { site in
            let asked = try await site.run(["--help"])
            #expect(asked.ending == .exit(0))
            for command in Self.commands { #expect(asked.output.contains("\n  \(command) ")) }
        }
    }

    @Test(
        "refuse a command line that means nothing",
        arguments: [
            ([], "no command is given"), (["sreve"], "did you mean serve?"), (["serve", "--porrt", "1"], "--port"),
            (["serve", "--role", "boss"], "--role"), (["serve", "--port", "65536"], "--port"),
            (["version", "now"], "takes no argument"),
        ])
    func usage(_ arguments: [String], _ hint: String) async throws {
        try await Site.withoutDatabase { site in
            let refused = try await site.run(arguments)
            #expect(refused.ending == .exit(64))
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains(hint))
        }
    }

    @Test("tell the version")
    func version() async throws {
        try await Site.withoutDatabase { site in
            let text = try await site.run(["version"])
            #expect(text.ending == .exit(0))
            let json = try JSONParser().parse(try await site.run(["version", "--json"]).output)
            #expect(json["name"] == "gigaoffice")
            #expect(text.output == "gigaoffice \(json["version"]?.stringValue ?? "")\n")
        }
    }

    @Test("show the settings without the secrets")
    func config() async throws {
        try await Site.withoutDatabase { site in
            let settings = ["DB_PASSWORD": "s3cr3t-w0rd", "PORT": "9123", "GIGACHAT_MODLE": "x"]
            let text = try await site.run(["config"], settings)
            #expect(text.ending == .exit(0))
            #expect(text.output.contains("9123"))
            #expect(text.output.contains("warning: GIGACHAT_MODLE"))
            #expect(!text.output.contains("s3cr3t"))
            let json = try await site.run(["config", "--json"], settings)
            #expect(json.ending == .exit(0))
            #expect(!json.output.contains("s3cr3t"))
            _ = try JSONParser().parse(json.output)
        }
    }

    @Test("name every wrong setting before they do anything", arguments: ["serve", "migrate", "config"])
    func faults(_ command: String) async throws {
        try await Site.withoutDatabase { site in
            let wrong = ["PORT": "abc", "LOG_LEVEL": "loud", "JOB_LEASE_MS": "-1", "RESOURCES_DIR": "/nowhere"]
            let refused = try await site.run([command], wrong)
            #expect(refused.ending == .exit(78))
            let said = command == "config" ? refused.output : refused.errors
            for name in wrong.keys { #expect(said.contains("\(name): ")) }
        }
    }

    @Test("bring the database up to date, once")
    func migrate() async throws {
        try await Site.with { site in
            let before = try await site.run(["migrate", "--check"])
            #expect(before.ending == .exit(1))
            #expect(before.output.hasPrefix("pending "))
            #expect(try await site.run(["migrate"]).ending == .exit(0))
            #expect(try await site.run(["migrate", "--check"]).ending == .exit(0))
            let again = try await site.run(["migrate"])
            #expect(again.ending == .exit(0))
            #expect(again.output == "nothing to apply\n")
        }
    }

    @Test("serve nothing on a database that has other migrations")
    func changedMigration() async throws {
        try await Site.with { site in
            #expect(try await site.run(["migrate"]).ending == .exit(0))
            _ = try await site.execute("UPDATE schema_migrations SET checksum = 'other'")
            let refused = try await site.run(["serve"], ["PORT": "0", "LOG_FORMAT": "json"])
            #expect(refused.ending == .exit(70))
            #expect(refused.errors.contains("0001"))
        }
    }

    @Test("say so when there is no database", arguments: [["migrate"], ["migrate", "--check"], ["serve"]])
    func noDatabase(_ command: [String]) async throws {
        try await Site.withoutDatabase { site in
            let port = try FreePort.find()
            let settings = [
                "DB_HOST": "127.0.0.1", "DB_PORT": String(port), "DB_STARTUP_TIMEOUT_MS": "1200", "PORT": "0",
                "LOG_FORMAT": "json",
            ]
            let refused = try await site.run(command, settings)
            #expect(refused.ending == .exit(69))
            #expect(refused.errors.contains("port \(port)"))
            // It asks once a second, so the limit shows in the number of attempts, whatever else the machine does.
            #expect(refused.errors.split(separator: "\n").count { $0.contains("waiting for the database") } <= 3)
        }
    }

    @Test("wait for a database that is late")
    func lateDatabase() async throws {
        try await Site.with { site in
            let name = "test_late_\(UInt64.random(in: 0 ... .max))"
            let service = try site.launch(.api, ["DB_NAME": name])
            _ = try await service.logged("waiting for the database")
            _ = try await site.execute("CREATE DATABASE \(name)")
            _ = try await service.logged("listening")
            service.process.send(SIGTERM)
            #expect(try await service.finished(within: .seconds(30)).ending == .exit(0))
            _ = try await site.execute("DROP DATABASE \(name)")
        }
    }

    @Test("stop when they are asked to, even while they wait for a database")
    func stopWhileWaiting() async throws {
        try await Site.with { site in
            let service = try site.launch(.all, ["DB_NAME": "test_never"])
            _ = try await service.logged("waiting for the database")
            service.process.send(SIGTERM)
            #expect(try await service.finished(within: .seconds(30)).ending == .exit(0))
        }
    }

    @Test("tell whether the service is ready")
    func health() async throws {
        try await Site.with { site in
            let service = try await site.serve(.api)
            let ready = try await site.run(["health", "--port", String(service.client.port)])
            #expect(ready.ending == .exit(0))
            #expect(try await service.stop() == .exit(0))
            let gone = try await site.run(["health", "--port", String(service.client.port)])
            #expect(gone.ending == .exit(1))
        }
    }

    @Test("serve on no port that is taken")
    func takenPort() async throws {
        try await Site.with { site in
            let first = try await site.serve(.api)
            let second = try site.launch(.api, ["PORT": String(first.client.port)])
            let refused = try await second.finished(within: .seconds(60))
            #expect(refused.ending == .exit(69))
            #expect(refused.errors.contains("cannot listen on 127.0.0.1:\(first.client.port)"))
            #expect(try await first.client.get("/livez").status == 200)
        }
    }
}
