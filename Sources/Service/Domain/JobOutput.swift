public import JSON

/// The answer to a job.
public struct JobOutput: Sendable, Equatable {
    /// The table as an array of rows of scalars; nil when the answer is text only.
    public var table: JSONValue?
    /// The text answer, if there is one.
    public var message: String?
    /// Where the table goes, if that is known.
    public var outputRange: String?
    /// The category that was used.
    public var category: String
    /// What it cost.
    public var tokens: TokenUsage
    /// The model that answered, as the provider names it.
    public var model: String
    /// The provider's name.
    public var provider: String

    /// Gathers an answer.
    public init(
        table: JSONValue?, message: String?, outputRange: String?, category: String, tokens: TokenUsage,
        model: String, provider: String
    ) {
        self.table = table
        self.message = message
        self.outputRange = outputRange
        self.category = category
        self.tokens = tokens
        self.model = model
        self.provider = provider
    }
}
