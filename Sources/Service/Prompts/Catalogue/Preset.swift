/// A ready-made task that a user can choose and adapt.
public struct Preset: Sendable, Equatable {
    /// The number clients know it by.
    public let id: Int
    /// The name of its category.
    public let category: String
    /// Its title in the list.
    public let name: String
    /// What it is good for, in a sentence.
    public let description: String
    /// The text that goes into the task field.
    public let template: String

    /// A preset from its parts.
    public init(id: Int, category: String, name: String, description: String, template: String) {
        self.id = id
        self.category = category
        self.name = name
        self.description = description
        self.template = template
    }
}
