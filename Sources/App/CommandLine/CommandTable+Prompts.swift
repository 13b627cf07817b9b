extension CommandTable {
    static let prompts = CommandFamily(
        name: "prompts",
        summary: "check the prompt files",
        details: ["Looks at the files in resources/prompts. The service need not run."],
        members: [promptsCheck],
        example: "gigaoffice prompts check"
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
}
