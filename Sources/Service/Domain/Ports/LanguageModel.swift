/// One way to reach a language model.
public protocol LanguageModel: Sendable {
    /// The provider's name, as shown in results and metrics.
    var provider: String { get }

    /// Asks the model. The call ends early when the task is cancelled.
    func complete(_ request: ModelRequest) async throws(JobFailure) -> ModelAnswer
}
