import Domain

extension CommandTable {
    static let keys = CommandFamily(
        name: "keys",
        summary: "make, list and revoke API keys",
        details: [
            "Works on the API keys in the database, which holds hashes of them only. Running services know a new key",
            "within 2 s, and shut out a revoked one within 2 s.",
        ],
        members: [keysCreate, keysList, keysRevoke],
        example: "gigaoffice keys create --name plugin"
    )

    private static let keysCreate = CommandSpecification(
        name: "keys create",
        summary: "make a key and print it, this once",
        details: [
            "Makes a key and prints it to standard output; nobody can print it again. Scopes: submit (jobs, /v1), read",
            "(status and results of its own jobs, prompts), metrics, admin (everything, with the jobs of all keys).",
        ],
        initial: KeysCreateOptions(),
        options: [
            .value("--name", "N", \.name, .optional(.text(upTo: APIKey.maximumNameLength)), "what people call the key"),
            .value("--scopes", "S", \.scopes, .scopes, default: "read,submit", "what it may be used for"),
            .value("--expires", "T", \.end, .optional(.keyEnd), default: "never", "when it ends: 90d, 12h, 2027-01-31"),
            .value(
                "--rate", "N", \.rate, .optional(.wholeNumber(APIKeyDraft.rates)), default: "RATE_LIMIT_*",
                "requests a minute; 0 for any number"),
            .flag("--json", \.asJSON, "print one line of JSON"),
            environmentFile(\.environmentFile),
        ],
        environment: ["DB_*"],
        example: "gigaoffice keys create --name plugin --scopes submit,read --expires 365d",
        check: { $0.name == nil ? "--name is missing: what will people call the key?" : nil },
        command: Command.keysCreate
    )

    private static let keysList = CommandSpecification(
        name: "keys list",
        summary: "list all keys, youngest first",
        details: ["Prints a line for each key, revoked ones too. With --json a line of JSON for each."],
        initial: KeysOptions(),
        options: [.flag("--json", \.asJSON, "print lines of JSON"), environmentFile(\.environmentFile)],
        environment: ["DB_*"],
        example: "gigaoffice keys list --json",
        command: Command.keysList
    )

    private static let keysRevoke = CommandSpecification(
        name: "keys revoke",
        summary: "end keys for good",
        details: ["Revokes keys by their ids. Ends with 1 when one of them was revoked already or is unknown."],
        initial: KeysOptions(),
        operand: .list("ID", \.ids, .keyID, isRepeatable: true, "ids of keys, as `gigaoffice keys list` prints them"),
        options: [environmentFile(\.environmentFile)],
        environment: ["DB_*"],
        example: "gigaoffice keys revoke 01a1fbda-c302-7587-83c3-f49af5c6be82",
        command: Command.keysRevoke
    )
}
