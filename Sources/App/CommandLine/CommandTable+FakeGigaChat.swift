extension CommandTable {
    static let fakeGigaChat = CommandSpecification(
        name: "fake-gigachat",
        summary: "run a stand-in for GigaChat for development",
        details: [
            "Answers as GigaChat does, without a model, until SIGTERM or SIGINT: it repeats the question. Prints a",
            "line of JSON with its addresses, then the same as settings. It takes free ports of this machine and",
            "keeps nothing but the certificates: for development and tests only.",
        ],
        initial: FakeGigaChatOptions(),
        options: [
            .value(
                "--port", "N", \.port, .wholeNumber(0...65_535), default: "0", "port of the API; 0: any free one"),
            .value(
                "--auth-port", "N", \.authPort, .wholeNumber(0...65_535), default: "0",
                "port for authorisation; 0: any free one"),
            .value(
                "--delay", "MS", \.delay, .wholeNumber(0...600_000), default: "0", "milliseconds that an answer takes"),
            .value(
                "--concurrency", "N", \.concurrency, .wholeNumber(1...100_000), default: "10",
                "requests at a time; those above it get 429"),
            .flag("--tls", \.usesTLS, "speak TLS on both ports"),
            .flag(
                "--mtls", \.asksForCertificate,
                "speak TLS on both, and let the API ask for a client certificate, not a token"),
            .value(
                "--certificates", "DIR", \.certificates, .optional(.path),
                "the folder to write certificates and keys to, made anew at each start"),
            .value(
                "--as", "NAME", \.personality, .choice, default: "gigachat", "whose ways it has"),
            .flag("--table", \.answersTable, "answer with a small table"),
        ],
        environment: [],
        example: "gigaoffice fake-gigachat --delay 100",
        check: \.problem,
        command: Command.fakeGigaChat
    )
}
