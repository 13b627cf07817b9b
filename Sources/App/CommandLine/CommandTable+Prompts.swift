extension CommandTable {
    static let prompts = CommandFamily(
        name: "prompts",
        summary: "check the prompt files, export and import categories and presets",
        details: [
            "`check` looks at the files in resources/prompts. The others work on the categories and presets in the",
            "database; running services see a change within 2 s.",
        ],
        members: [promptsCheck, promptsExport, promptsImport],
        example: "gigaoffice prompts export"
    )

    private static let promptsCheck = CommandSpecification(
        name: "prompts check",
        summary: "name every fault of the prompt files",
        details: [
            "Reads categories, presets, system prompts and the classifier's phrases and prints each fault with its",
            "file, line and reason. Ends with 78 when there is one; the service would not start.",
        ],
        initial: PromptsOptions(),
        options: [environmentFile(\.environmentFile)],
        environment: ["RESOURCES_DIR"],
        example: "gigaoffice prompts check",
        command: Command.promptsCheck
    )

    private static let promptsExport = CommandSpecification(
        name: "prompts export",
        summary: "print categories and presets",
        details: ["Prints all categories and presets, inactive ones too, as JSON for `gigaoffice prompts import`."],
        initial: PromptFileOptions(),
        options: [environmentFile(\.environmentFile)],
        environment: ["DB_*"],
        example: "gigaoffice prompts export",
        command: Command.promptsExport
    )

    private static let promptsImport = CommandSpecification(
        name: "prompts import",
        summary: "take categories and presets from a file",
        details: [
            "Makes categories of these names, and presets of these names in them, what the file says, and leaves all",
            "others as they are: everything in one transaction, or nothing. A file named *.json is JSON, any other is",
            "YAML as in resources/prompts. Every fault is named, and the program ends with 78 when there is one.",
        ],
        initial: PromptFileOptions(),
        operand: .list("FILE", \.files, .path, "the file, in JSON or YAML"),
        options: [environmentFile(\.environmentFile)],
        environment: ["DB_*"],
        example: "gigaoffice prompts import prompts.json",
        command: Command.promptsImport
    )
}
