/// One model of one provider.
public struct ModelChoice: Sendable, Hashable, CustomStringConvertible {
    /// The provider's name.
    public var provider: String
    /// The model, as the provider names it.
    public var model: String

    /// A model of a provider.
    public init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }

    /// Reads `provider/model`; the model may have further slashes. Nil when a part is empty.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(provider: String(parts[0]), model: String(parts[1]))
    }

    /// `provider/model`.
    public var description: String { "\(provider)/\(model)" }
}
