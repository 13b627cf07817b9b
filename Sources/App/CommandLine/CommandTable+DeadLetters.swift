extension CommandTable {
    static let deadLetters = CommandFamily(
        name: "dlq",
        summary: "list, show and redrive dead letters",
        details: [
            "Reads the dead letter topic from its beginning to its end as of now, outside of any consumer group, and",
            "sends messages to where they came from. Needs KAFKA_BOOTSTRAP_SERVERS.",
        ],
        members: [deadLettersList, deadLettersShow, deadLettersRedrive],
        example: "gigaoffice dlq list --limit 20"
    )

    private static let deadLettersList = CommandSpecification(
        name: "dlq list",
        summary: "list dead letters, oldest first",
        details: ["Prints a line for each of the youngest dead letters, oldest first. With --json a line of JSON."],
        initial: DeadLetterOptions(),
        options: [
            .value("--limit", "N", \.limit, .wholeNumber(1...10_000), default: "100", "list no more than these"),
            .flag("--json", \.asJSON, "print lines of JSON"),
            environmentFile(\.environmentFile),
        ],
        environment: ["KAFKA_*"],
        example: "gigaoffice dlq list --limit 20",
        command: Command.deadLettersList
    )

    private static let deadLettersShow = CommandSpecification(
        name: "dlq show",
        summary: "show one dead letter with its message",
        details: [
            "Prints a dead letter with the message as it was; with --json what is no text is base64. It is named by",
            "partition and offset, or by the topic, partition and offset that the message came from.",
        ],
        initial: DeadLetterOptions(),
        operand: .list("PLACE", \.positions, .deadLetter, "as `dlq list` prints it: 0/17, or topic/3/9"),
        options: [.flag("--json", \.asJSON, "print one line of JSON"), environmentFile(\.environmentFile)],
        environment: ["KAFKA_*"],
        example: "gigaoffice dlq show 0/17",
        command: Command.deadLettersShow
    )

    private static let deadLettersRedrive = CommandSpecification(
        name: "dlq redrive",
        summary: "send dead letters' messages once more",
        details: [
            "Sends messages to the topic they came from, under their keys; that must be KAFKA_TOPIC_REQUESTS, and a",
            "letter that names another one is refused. The letters stay, and nothing remembers that they were sent:",
            "doing it twice is harmless, since a job is known by its id, and a message without one is sent with the",
            "id that its first place gives it. What is still unusable becomes a dead letter anew.",
        ],
        initial: DeadLetterOptions(),
        operand: .list(
            "PLACE", \.positions, .deadLetter, isRequired: false, isRepeatable: true,
            "as `dlq list` prints it: 0/17, or topic/3/9"),
        options: [
            .flag("--all", \.isAboutAll, "all that are there now, in place of PLACE"),
            environmentFile(\.environmentFile),
        ],
        environment: ["KAFKA_*"],
        example: "gigaoffice dlq redrive 0/17 0/18",
        check: { options in
            guard options.isAboutAll == !options.positions.isEmpty else { return nil }
            return "dlq redrive \(options.isAboutAll ? "takes either" : "needs") PLACE or --all"
        },
        command: Command.deadLettersRedrive
    )
}
