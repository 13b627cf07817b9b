/// What a classifier takes a task for.
public struct CategoryGuess: Sendable, Equatable {
    /// Who guessed; the raw value is its name on the wire.
    public enum Source: String, Sendable {
        /// A language model.
        case model
        /// A comparison of words.
        case lexical
    }

    /// The category's name; `uncertain` when it could not be told.
    public let category: String
    /// How sure it is, 0 to 1.
    public let confidence: Double
    /// Who guessed.
    public let source: Source

    /// A guess from its parts.
    public init(category: String, confidence: Double, source: Source) {
        self.category = category
        self.confidence = confidence
        self.source = source
    }
}
