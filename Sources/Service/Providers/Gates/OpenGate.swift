public import Domain

/// Lets every call through at once: for what has no limits.
public struct OpenGate: CallGate {
    /// A gate that stands open.
    public init() {}

    /// Never waits and never throws.
    public func enter(client: String, within budget: Duration) async throws(ModelFailure) -> CallPermit {
        CallPermit(waited: .zero) {}
    }
}
