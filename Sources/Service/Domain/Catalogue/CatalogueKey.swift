/// Names one category or one preset.
public struct CatalogueKey: Sendable, Hashable {
    /// What it is; the raw value is its name in the database.
    public enum Kind: String, Sendable {
        /// A kind of task.
        case category
        /// A ready-made task.
        case preset
    }

    /// What it is.
    public let kind: Kind
    /// Its number.
    public let id: Int

    /// Names it by kind and number.
    public init(_ kind: Kind, _ id: Int) {
        self.kind = kind
        self.id = id
    }
}
