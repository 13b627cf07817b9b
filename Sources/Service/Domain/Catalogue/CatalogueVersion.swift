public import JSON
public import Telemetry

/// What an item of the catalogue was once.
public struct CatalogueVersion: Sendable, Equatable {
    /// Counts the changes of the item, from 1.
    public let number: Int
    /// What was done: `seed`, `create`, `update`, `activate`, `deactivate`, `delete`, `rollback`, `import`.
    public let action: String
    /// Who did it.
    public let author: String
    /// When.
    public let time: WallTime
    /// The item's fields after the change.
    public let content: JSONValue

    /// A version from its parts.
    public init(number: Int, action: String, author: String, time: WallTime, content: JSONValue) {
        self.number = number
        self.action = action
        self.author = author
        self.time = time
        self.content = content
    }
}
