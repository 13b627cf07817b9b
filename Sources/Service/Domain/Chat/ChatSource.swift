/// Who gives an answer.
public struct ChatSource: Sendable, Equatable {
    /// The model, as the provider names it.
    public var model: String
    /// The provider's name.
    public var provider: String

    /// A source.
    public init(model: String, provider: String) {
        self.model = model
        self.provider = provider
    }
}
