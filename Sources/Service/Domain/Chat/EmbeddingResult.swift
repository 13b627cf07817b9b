/// The vectors of texts.
public struct EmbeddingResult: Sendable, Equatable {
    /// A vector for each text, in their order.
    public var vectors: [[Double]]
    /// Tokens of all texts.
    public var promptTokens: Int
    /// The model that answered, as the provider names it.
    public var model: String
    /// The provider's name.
    public var provider: String

    /// An answer.
    public init(vectors: [[Double]], promptTokens: Int, model: String, provider: String) {
        self.vectors = vectors
        self.promptTokens = promptTokens
        self.model = model
        self.provider = provider
    }
}
