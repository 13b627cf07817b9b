/// A task and the category it belongs to, for the lexical classifier to learn from.
public struct LabelledPhrase: Sendable, Hashable {
    /// The name of the category.
    public let category: String
    /// The task, as a person would write it.
    public let text: String

    /// A phrase from its parts.
    public init(category: String, text: String) {
        self.category = category
        self.text = text
    }
}
