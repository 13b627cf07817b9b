import Domain
import FakeProviders
import Testing

@testable import App

@Suite("The command line")
struct CommandLineTests {
    private static let id = "01a1fbda-c302-7587-83c3-f49af5c6be82"
    private static let ids = [JobID(id)].compactMap(\.self)

    @Test(
        "A right command line is understood",
        arguments: [
            ("serve", Command.serve(ServeOptions())),
            ("serve --role api", .serve(ServeOptions(role: .api))),
            (
                "serve --role worker --port 0 --host ::1 --env-file a.env",
                .serve(ServeOptions(role: .worker, port: 0, host: "::1", environmentFile: "a.env"))
            ),
            ("serve --port=8080 --env-file=a=b", .serve(ServeOptions(port: 8080, environmentFile: "a=b"))),
            ("migrate", .migrate(MigrateOptions())),
            ("migrate --check --env-file x", .migrate(MigrateOptions(checksOnly: true, environmentFile: "x"))),
            ("config", .config(ConfigOptions())),
            ("config --env-file x --json", .config(ConfigOptions(asJSON: true, environmentFile: "x"))),
            ("version", .version(asJSON: false)), ("version --json", .version(asJSON: true)),
            ("--version", .version(asJSON: false)),
            ("dev-broker", .devBroker(DevBrokerOptions(partitions: 4))),
            ("dev-broker --partitions 8", .devBroker(DevBrokerOptions(partitions: 8))),
            ("fake-gigachat", .fakeGigaChat(FakeGigaChatOptions())),
            (
                "fake-gigachat --port 1 --auth-port 2 --delay 3 --concurrency 4 --mtls --certificates d --table",
                .fakeGigaChat(
                    FakeGigaChatOptions(
                        port: 1, authPort: 2, delay: 3, concurrency: 4, asksForCertificate: true, certificates: "d",
                        answersTable: true))
            ),
            ("fake-gigachat --as gemini-openai", .fakeGigaChat(FakeGigaChatOptions(personality: .gemini))),
            ("models", .models(ModelsOptions())),
            (
                "models --balance --count a --json --env-file x",
                .models(ModelsOptions(tellsBalance: true, countedText: "a", asJSON: true, environmentFile: "x"))
            ),
            ("jobs list", .jobsList(JobsListOptions())),
            (
                "jobs list --status failed --client 10.0.0.1 --limit 5 --json",
                .jobsList(JobsListOptions(state: .failed, client: "10.0.0.1", limit: 5, asJSON: true))
            ),
            ("jobs show \(id) --json", .jobsShow(JobsOptions(ids: ids, asJSON: true))),
            ("jobs cancel \(id) \(id)", .jobsCancel(JobsOptions(ids: ids + ids))),
            ("jobs retry --env-file x \(id)", .jobsRetry(JobsOptions(ids: ids, environmentFile: "x"))),
            ("dlq list", .deadLettersList(DeadLetterOptions())),
            (
                "dlq show a.b-c/3/9 --json",
                .deadLettersShow(
                    DeadLetterOptions(positions: [DeadLetterPosition("a.b-c/3/9")].compactMap(\.self), asJSON: true))
            ),
            (
                "dlq redrive 0/17 1/2",
                .deadLettersRedrive(
                    DeadLetterOptions(
                        positions: [(0, 17), (1, 2)].map { .letter(DeadLetterPlace(partition: $0, offset: $1)) }))
            ),
            ("dlq redrive --all", .deadLettersRedrive(DeadLetterOptions(isAboutAll: true))),
            ("prompts check --env-file x", .promptsCheck(PromptsOptions(environmentFile: "x"))),
            ("keys create --name plugin", .keysCreate(KeysCreateOptions(name: "plugin"))),
            (
                "keys create --name a --scopes metrics,admin --expires 90d --rate 0 --json",
                .keysCreate(
                    KeysCreateOptions(
                        name: "a", scopes: [.admin, .metrics], end: .after(.seconds(7_776_000)), rate: 0, asJSON: true))
            ),
            ("keys list --json", .keysList(KeysOptions(asJSON: true))),
            ("keys revoke \(id)", .keysRevoke(KeysOptions(ids: [APIKeyID(id)].compactMap(\.self)))),
            ("doctor", .doctor(DoctorOptions())),
            (
                "doctor --language ru --json --env-file x",
                .doctor(DoctorOptions(language: .ru, asJSON: true, environmentFile: "x"))
            ),
            ("help", .help(CommandLineParser.overview)), ("--help", .help(CommandLineParser.overview)),
            ("-h", .help(CommandLineParser.overview)), ("help help", .help(CommandLineParser.overview)),
        ])
    func right(line: String, command: Command) throws {
        #expect(try CommandLineParser.parse(line.split(separator: " ").map(String.init)) == command)
    }

    @Test(
        "A wrong command line is refused with a reason and the nearest right word",
        arguments: [
            ("", "no command is given"), ("serv", "there is no command serv; did you mean serve?"),
            ("dev-brocker", "there is no command dev-brocker; did you mean dev-broker?"),
            ("frobnicate", "there is no command frobnicate"),
            ("--verison", "there is no option --verison; did you mean --version?"),
            ("serve --prot 1", "serve has no option --prot; did you mean --port?"),
            ("serve --frobnicate", "serve has no option --frobnicate"), ("serve -p", "serve has no option -p"),
            ("serve now", "serve takes no argument \"now\""), ("serve --port", "--port needs a value: --port N"),
            ("serve --port --host x", "--port needs a value: --port N"),
            ("serve --port x", "--port: \"x\" is not a whole number from 0 to 65535"),
            ("serve --port=", "--port: \"\" is not a whole number from 0 to 65535"),
            ("serve --role both", "--role: \"both\" is not one of: all, api, worker"),
            ("serve --host=a/b", "--host: \"a/b\" is not a host name or an IP address"),
            ("fake-gigachat --tls", "TLS needs a folder for its certificates: --certificates DIR"),
            ("fake-gigachat --tls --mtls --certificates d", "--mtls is TLS already: give it without --tls"),
            ("fake-gigachat --as mistral --tls --certificates d", "--tls and --mtls are GigaChat's alone"),
            ("fake-gigachat --certificates d", "--certificates is for --tls and --mtls"),
            ("serve --port 1 --port 2", "--port is given twice"), ("migrate --check=no", "--check takes no value"),
            ("keys create", "--name is missing: what will people call the key?"),
            (
                "keys create --name a --scopes read,write",
                "--scopes: \"read,write\" is not a list of scopes with commas between, of submit, read, metrics, admin"
            ),
            (
                "keys create --name a --expires soon",
                "--expires: \"soon\" is not a time such as 90d, 12h or 30m, or a day such as 2027-01-31"
            ),
            ("keys revoke x", "\"x\" is not a key's id, which is a UUID"),
            ("dev-broker --partitions 0", "--partitions: \"0\" is not a whole number from 1 to 1000"),
            ("dev-broker --port 1", "dev-broker has no option --port"), ("help serve config", "help takes one command"),
            ("jobs", "jobs needs a command"), ("jobs lisst", "jobs has no command lisst; did you mean list?"),
            ("jobs list now", "jobs list takes no argument \"now\""), ("jobs show", "jobs show needs ID"),
            ("jobs show 7", "\"7\" is not a job's id, which is a UUID"),
            ("jobs show \(id) \(id)", "jobs show takes no second argument \"\(id)\""),
            (
                "jobs list --status done",
                "--status: \"done\" is not one of: pending, queued, processing, completed, failed, cancelled"
            ),
            ("help jobs lisst", "help takes one command"),
            ("dlq redrive", "dlq redrive needs PLACE or --all"),
            ("dlq redrive 0/1 --all", "dlq redrive takes either PLACE or --all"),
            (
                "dlq show 17",
                "\"17\" is not a place such as 0/17, or gigaoffice-requests/3/9 for where the message came from"
            ),
            ("help serv", "there is no command serv; did you mean serve?"),
        ])
    func wrong(line: String, problem: String) {
        let error = #expect(throws: UsageError.self) {
            try CommandLineParser.parse(line.split(separator: " ").map(String.init))
        }
        #expect(error?.problem == problem)
        #expect(error?.usage.hasPrefix("usage: gigaoffice ") == true)
        #expect(UsageError.exitCode == 64)
    }

    @Test("A usage error shows the problem and the usage of the command it is about")
    func description() {
        let error = #expect(throws: UsageError.self) { try CommandLineParser.parse(["migrate", "--chek"]) }
        #expect(
            error?.description == """
                gigaoffice: migrate has no option --chek; did you mean --check?
                usage: gigaoffice migrate [--check] [--env-file F]
                """)
    }

    @Test("Options of serve stand over the environment by setting name")
    func serveSettings() throws {
        let options = ServeOptions(port: 1, host: "::1")
        #expect(options.settings == ["PORT": "1", "HOST": "::1"])
        #expect(ServeOptions().settings == [:])
        #expect(options.settings.keys.allSatisfy { name in SettingTable.settings.contains { $0.name == name } })
    }
}
