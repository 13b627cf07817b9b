/// What people decide about a category.
public struct CategoryDraft: Sendable, Equatable {
    /// The most characters of a name.
    public static let maximumNameLength = 50
    /// The most characters of a title.
    public static let maximumTitleLength = 200
    /// The most characters of a description.
    public static let maximumDescriptionLength = 2_000

    /// The name in requests: a small letter, then small letters, digits and underscores. It never changes.
    public var name: String
    /// For a person.
    public var displayName: String
    /// For a person and for the classifier.
    public var description: String
    /// Whether clients see it.
    public var isActive: Bool
    /// Its place in lists, smallest first; 0 to 1,000,000.
    public var sortOrder: Int

    /// A draft from its parts.
    public init(name: String, displayName: String, description: String, isActive: Bool, sortOrder: Int) {
        self.name = name
        self.displayName = displayName
        self.description = description
        self.isActive = isActive
        self.sortOrder = sortOrder
    }
}
