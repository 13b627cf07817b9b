/// Finds the kind of a task from its text. Never fails: what cannot be told is `uncertain`.
public protocol CategoryClassifier: Sendable {
    /// The category of a task; may wait for a model.
    func classify(_ text: String) async -> CategoryGuess
}
