/// Bounds the calls of one credential: how many at a time and how many a minute, over all instances.
public protocol CallGate: Sendable {
    /// Waits for its turn; clients take turns. Throws `.timeout` when the turn has not come within `budget` and
    /// `.cancelled` when the task is cancelled; a limit of our own is waited for. Only when more callers wait than
    /// memory should be spent on, it throws `.rateLimited` at once. A failure that a limit of ours is the reason of has
    /// its `localWait`.
    func enter(client: String, within budget: Duration) async throws(ModelFailure) -> CallPermit
}
