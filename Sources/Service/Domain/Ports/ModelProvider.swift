/// One provider of models: its wire and its credentials. Makes exactly one call for each that it is asked for (but for
/// one more after a refused token of access) and knows nothing of slots, retries and other providers.
///
/// Callable from any loop's task; an answer comes on the same loop. Calls end early when the task is cancelled, and
/// that closes the connection.
public protocol ModelProvider: Sendable {
    /// The name in settings, results, logs and metrics: `gigachat`, `mistral`.
    var name: String { get }

    /// What it can do at best; a single model may do less.
    var capabilities: ModelDescription.Capabilities { get }

    /// Asks `model` and returns the whole answer. `budget` bounds everything.
    func complete(
        _ request: ChatRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> ChatResult

    /// Asks `model` and returns once the answer has begun, its head and not necessarily a piece. `budget` bounds
    /// everything up to the last piece.
    func stream(
        _ request: ChatRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> any ChatStream

    /// Turns texts into vectors.
    func embed(
        _ request: EmbeddingRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> EmbeddingResult

    /// The models that the credentials give access to.
    func models(budget: Duration) async throws(ModelFailure) -> [ModelDescription]

    /// What can be said of its health without a call that costs: whether credentials are in order as far as known.
    func standing() -> ProviderStanding
}
