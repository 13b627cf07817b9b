extension CommandTable {
    static let doctor = CommandSpecification(
        name: "doctor",
        summary: "look at a deployment and say what to mend",
        details: [
            "Looks at settings, files and their rights, disk, database, migrations, clock, API keys, Kafka,",
            "topics, and whether the models' servers can be reached. Changes nothing and calls no model. A line",
            "for each, with what to do about it; ends with 1 when something does not work, and with 0 when there",
            "are only warnings.",
        ],
        initial: DoctorOptions(),
        options: [
            .value(
                "--language", "ru|en", \.language, .optional(.choice), default: "that of LANG",
                "the language to answer in"),
            .flag("--json", \.asJSON, "print one line of JSON"),
            environmentFile(\.environmentFile),
        ],
        environment: ["all settings"],
        example: "gigaoffice doctor --language ru",
        command: Command.doctor
    )
}
