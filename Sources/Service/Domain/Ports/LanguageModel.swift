/// One way to reach a language model.
public protocol LanguageModel: Sendable {
    /// The provider's name, as shown in results and metrics.
    var provider: String { get }

    /// Asks the model. The call ends early when the task is cancelled.
    func complete(_ request: ModelRequest) async throws(JobFailure) -> ModelAnswer
}

/// One question to a model.
public struct ModelRequest: Sendable {
    /// What the answer is for.
    public enum Purpose: Sendable {
        /// To find the job's category.
        case classification
        /// To do the job.
        case generation
    }

    /// What the answer is for; decides which model is asked.
    public var purpose: Purpose
    /// The system prompt.
    public var systemPrompt: String
    /// The user prompt.
    public var userPrompt: String
    /// The job, for providers that show what they were given.
    public var input: JobInput

    /// Gathers a question.
    public init(purpose: Purpose, systemPrompt: String, userPrompt: String, input: JobInput) {
        self.purpose = purpose
        self.systemPrompt = systemPrompt
        self.userPrompt = userPrompt
        self.input = input
    }
}

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
