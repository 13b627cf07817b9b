/// Which file to take prompts from.
struct PromptFileOptions: Sendable, Equatable {
    var files: [String] = []
    var environmentFile: String?
}
