/// A kind of task a user can choose.
public struct PromptCategory: Sendable, Equatable {
    /// The name of the category that stands for "could not tell"; it is not active and has no prompts.
    public static let uncertainName = "uncertain"

    /// The number clients know it by.
    public let id: Int
    /// The name in requests and file names: `analysis`.
    public let name: String
    /// For a person: «Проанализировать данные».
    public let displayName: String
    /// One or two sentences for a person, and for the classifier.
    public let description: String
    /// Whether clients see it and tasks can have it.
    public let isActive: Bool
    /// Its place in lists, smallest first.
    public let sortOrder: Int

    /// A category from its parts.
    public init(
        id: Int, name: String, displayName: String, description: String, isActive: Bool = true, sortOrder: Int
    ) {
        self.id = id
        self.name = name
        self.displayName = displayName
        self.description = description
        self.isActive = isActive
        self.sortOrder = sortOrder
    }
}
