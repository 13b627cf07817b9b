public import Domain

/// What the API needs for categories, presets and feedback.
public struct PromptServices: Sendable {
    /// The process's copy of the catalogue.
    public var cache: CatalogueCache
    /// Finds the kind of a task.
    public var classifier: any CategoryClassifier
    /// Where feedback is kept.
    public var feedback: any FeedbackStore

    /// Gathers the parts.
    public init(cache: CatalogueCache, classifier: any CategoryClassifier, feedback: any FeedbackStore) {
        self.cache = cache
        self.classifier = classifier
        self.feedback = feedback
    }
}
