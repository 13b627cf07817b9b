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
    /// Which try of the job this is, from 1.
    public var attempt: Int

    /// Gathers a question.
    public init(purpose: Purpose, systemPrompt: String, userPrompt: String, input: JobInput, attempt: Int = 1) {
        self.purpose = purpose
        self.systemPrompt = systemPrompt
        self.userPrompt = userPrompt
        self.input = input
        self.attempt = attempt
    }
}
