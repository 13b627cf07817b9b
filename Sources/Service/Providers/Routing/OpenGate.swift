public import Domain

/// The gate of a provider that we set no limit: everybody comes through at once. What a process has under way is
/// bounded by the connections of its HTTP clients all the same.
public struct OpenGate: CallGate {
    /// A gate that stands open.
    public init() {}

    /// See `CallGate`. Never throws.
    public func enter(client: String, within budget: Duration) async throws(ModelFailure) -> CallPermit {
        CallPermit(waited: .zero) {}
    }
}
