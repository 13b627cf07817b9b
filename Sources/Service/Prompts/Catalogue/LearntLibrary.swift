/// A library together with the classifier that has learnt from it: what a task needs before a model is asked. Learning
/// takes about 30 ms, so one is made for everybody and kept until the library changes.
public struct LearntLibrary: Sendable {
    /// The texts.
    public let library: PromptLibrary
    /// Knows the library's active categories.
    public let words: LexicalClassifier

    /// Learns from `library`.
    public init(_ library: PromptLibrary) {
        self.library = library
        words = LexicalClassifier(library)
    }
}
