/// What a model call cost, as the provider counts.
public struct TokenUsage: Sendable, Equatable {
    /// Tokens of the prompt.
    public var prompt: Int
    /// Tokens of the answer.
    public var completion: Int
    /// Prompt tokens that the provider had cached; part of `prompt`.
    public var precached: Int

    /// Prompt and answer together.
    public var total: Int { prompt + completion }

    /// Gathers the three counts.
    public init(prompt: Int = 0, completion: Int = 0, precached: Int = 0) {
        self.prompt = prompt
        self.completion = completion
        self.precached = precached
    }

    /// Adds up two calls.
    public static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        TokenUsage(
            prompt: left.prompt + right.prompt, completion: left.completion + right.completion,
            precached: left.precached + right.precached)
    }
}
