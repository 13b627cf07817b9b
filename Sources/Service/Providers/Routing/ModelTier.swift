/// How much a model may cost.
public enum ModelTier: String, Sendable, CaseIterable {
    /// For what a small model does well.
    case cheap
    /// For what deserves the best.
    case expensive
}
