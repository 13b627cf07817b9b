extension CommandTable {
    static let models = CommandSpecification(
        name: "models",
        summary: "list the providers that are configured and their models",
        details: [
            "Asks every configured provider which models it has, and prints whether its credentials are in order,",
            "what it can do, its models and what each is asked for. One that fails leaves the others' as they are;",
            "the command ends with 69 then. Nothing that is paid for is asked, and no service need run.",
        ],
        initial: ModelsOptions(),
        options: [
            .flag("--balance", \.tellsBalance, "ask GigaChat what is left of its packages"),
            .value(
                "--count", "TEXT", \.countedText, .optional(.text(upTo: 32_000)),
                "have GigaChat count the tokens of a text"),
            .flag("--json", \.asJSON, "print one line of JSON"),
            environmentFile(\.environmentFile),
        ],
        environment: ["GIGACHAT_*, the keys of other providers, MODEL_*"],
        example: "gigaoffice models --balance",
        command: Command.models
    )
}
