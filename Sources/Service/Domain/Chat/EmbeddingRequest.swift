/// Texts to be turned into vectors.
public struct EmbeddingRequest: Sendable, Equatable {
    /// Which model is asked.
    public var target: ModelTarget
    /// The texts, at least one.
    public var inputs: [String]
    /// On whose behalf.
    public var context: CallContext

    /// A question.
    public init(_ target: ModelTarget, _ inputs: [String], context: CallContext) {
        self.target = target
        self.inputs = inputs
        self.context = context
    }
}
