public import Domain

/// Stands in for a model that classifies: every task is `generation`, as existing clients expect of a dry run.
public struct DryrunClassifier: CategoryClassifier {
    /// A stand-in.
    public init() {}

    /// Always the same, at once.
    public func classify(_ text: String) async -> CategoryGuess {
        CategoryGuess(category: "generation", confidence: 0.9, source: .model)
    }
}
