/// A model's answer.
public struct ModelAnswer: Sendable {
    /// The text, as it came.
    public var text: String
    /// The model that answered, as the provider names it.
    public var model: String
    /// What it cost.
    public var tokens: TokenUsage

    /// Gathers an answer.
    public init(text: String, model: String, tokens: TokenUsage) {
        self.text = text
        self.model = model
        self.tokens = tokens
    }
}
