/// What people decide about a preset.
public struct PresetDraft: Sendable, Equatable {
    /// The most characters of a title.
    public static let maximumNameLength = 200
    /// The most characters of a description.
    public static let maximumDescriptionLength = 2_000

    /// The name of its category.
    public var category: String
    /// Its title, unique in the category.
    public var name: String
    /// What it is good for.
    public var description: String
    /// The text that goes into the task field; as long as a query may be.
    public var template: String
    /// Whether clients see it.
    public var isActive: Bool

    /// A draft from its parts.
    public init(category: String, name: String, description: String, template: String, isActive: Bool) {
        self.category = category
        self.name = name
        self.description = description
        self.template = template
        self.isActive = isActive
    }
}
