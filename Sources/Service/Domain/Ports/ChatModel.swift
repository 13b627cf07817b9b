/// All models that there are, behind one door: chooses who is asked, waits for a slot, tries again and falls back.
///
/// Callable from any loop's task; an answer comes on the same loop. Calls end early when the task is cancelled.
public protocol ChatModel: Sendable {
    /// Asks and returns the whole answer.
    func complete(_ request: ChatRequest) async throws(ModelFailure) -> ChatResult

    /// Asks and returns as soon as the first piece of the answer is there. Close the stream in every case.
    func stream(_ request: ChatRequest) async throws(ModelFailure) -> any ChatStream

    /// Turns texts into vectors.
    func embed(_ request: EmbeddingRequest) async throws(ModelFailure) -> EmbeddingResult

    /// Every model that can be asked, by provider; what could not be found out stands beside it.
    func models() async -> ModelListing
}
