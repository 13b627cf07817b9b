/// Every command there is.
enum CommandTable {
    static let commands: [any CommandSpecifying] = [
        serve, jobs, deadLetters, prompts, models, keys, migrate, config, health, doctor, version, devBroker,
        fakeGigaChat,
    ]

    /// The option that most commands share.
    static func environmentFile<Options>(
        _ property: any WritableKeyPath<Options, String?> & Sendable
    ) -> OptionSpecification<Options> {
        .value("--env-file", "F", property, .optional(.path), "read this .env file in place of the working folder's")
    }

    private static let serve = CommandSpecification(
        name: "serve",
        summary: "run the service",
        details: [
            "Runs the service until SIGTERM or SIGINT, then drains: open requests and running jobs get",
            "DRAIN_TIMEOUT_MS to end. A second signal ends at once.",
        ],
        initial: ServeOptions(),
        options: [
            .value(
                "--role", "all|api|worker", \.role, .choice, default: "all",
                "run the HTTP side, the worker side, or both"),
            .value(
                "--port", "N", \.port, .optional(.wholeNumber(0...65_535)), default: "PORT",
                "listen on this port; 0: any free one"),
            .value("--host", "H", \.host, .optional(.host), default: "HOST", "listen on this address"),
            environmentFile(\.environmentFile),
        ],
        environment: ["all settings: see docs/configuration.md, .env.example or run `gigaoffice config`"],
        example: "gigaoffice serve --role api --port 8080",
        command: Command.serve
    )

    private static let migrate = CommandSpecification(
        name: "migrate",
        summary: "bring the database up to date",
        details: [
            "Applies the SQL files that the database has not seen yet, each in a transaction of its own, under a",
            "lock that lets many processes start at once. A changed or missing applied file is an error.",
        ],
        initial: MigrateOptions(),
        options: [
            .flag("--check", \.checksOnly, "change nothing; fail if a file is still to be applied"),
            environmentFile(\.environmentFile),
        ],
        environment: ["DB_*", "MIGRATIONS_DIR"],
        example: "gigaoffice migrate --check",
        command: Command.migrate
    )

    private static let config = CommandSpecification(
        name: "config",
        summary: "print the effective settings",
        details: [
            "Prints every setting with its value and where that came from, then all warnings and faults. Secrets",
            "are masked. Nothing is connected to or started.",
        ],
        initial: ConfigOptions(),
        options: [
            .flag("--json", \.asJSON, "print one line of JSON"),
            environmentFile(\.environmentFile),
        ],
        environment: ["all settings"],
        example: "PORT=9000 gigaoffice config",
        command: Command.config
    )

    private static let version = CommandSpecification(
        name: "version",
        summary: "print the version",
        details: ["Prints the program's name and version. `gigaoffice --version` does the same."],
        initial: false,
        options: [.flag("--json", \.self, "print one line of JSON")],
        environment: [],
        example: "gigaoffice version --json",
        command: Command.version(asJSON:)
    )

    private static let health = CommandSpecification(
        name: "health",
        summary: "ask the service on this machine whether it is ready",
        details: [
            "Asks /readyz of the service on this machine and prints the answer. Ends with 0 when it is ready and",
            "with 1 when it is not, or does not answer within two seconds: for container health checks.",
        ],
        initial: HealthOptions(),
        options: [
            .value(
                "--port", "N", \.port, .optional(.wholeNumber(0...65_535)), default: "PORT",
                "the port the service listens on"),
            environmentFile(\.environmentFile),
        ],
        environment: ["HOST", "PORT"],
        example: "gigaoffice health --port 8080",
        command: Command.health
    )

    private static let devBroker = CommandSpecification(
        name: "dev-broker",
        summary: "run a Kafka broker for development",
        details: [
            "Runs a Kafka broker in memory until SIGTERM or SIGINT and prints its address, for use as",
            "KAFKA_BOOTSTRAP_SERVERS. It takes any free port of this machine and keeps nothing: for development",
            "and tests only.",
        ],
        initial: DevBrokerOptions(),
        options: [
            .value(
                "--partitions", "N", \.partitions, .wholeNumber(1...1_000), default: "4",
                "partitions of each topic")
        ],
        environment: [],
        example: "gigaoffice dev-broker --partitions 8",
        command: Command.devBroker
    )
}
