/// Where the settings of commands about prompts come from.
struct PromptsOptions: Sendable, Equatable {
    var environmentFile: String?
}
