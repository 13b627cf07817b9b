/// A task and the answer a model should give to it.
public struct PromptExample: Sendable, Equatable {
    /// The task in the form the user prompt has.
    public let request: String
    /// The answer, word for word.
    public let response: String

    /// An example from its parts.
    public init(request: String, response: String) {
        self.request = request
        self.response = response
    }
}
