/// The two messages a model gets.
public struct ModelPrompt: Sendable, Equatable {
    /// What the model is and how it answers.
    public let system: String
    /// The task.
    public let user: String
    /// What both cost, by `TokenEstimate`. Above the budget only when the fixed parts alone are.
    public let estimatedTokens: Int
    /// How many rows of the source were left out to keep within the budget.
    public let omittedRows: Int

    /// A prompt from its parts.
    public init(system: String, user: String, estimatedTokens: Int, omittedRows: Int = 0) {
        self.system = system
        self.user = user
        self.estimatedTokens = estimatedTokens
        self.omittedRows = omittedRows
    }
}
