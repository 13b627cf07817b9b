/// What a key may be used for.
public enum Scope: String, CaseIterable, Sendable {
    /// Submitting jobs, cancelling them, classifying, feedback, and the routes of OpenAI's clients.
    case submit
    /// Status and results of one's own jobs, categories and presets.
    case read
    /// What operators measure.
    case metrics
    /// Everything, with the jobs of all clients.
    case admin
}
