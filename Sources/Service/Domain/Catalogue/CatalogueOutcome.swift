/// What became of a change of the catalogue.
public enum CatalogueOutcome: Sendable, Equatable {
    /// It is stored; the item as it stands now, or stood when it was deleted.
    case done(CatalogueItem)
    /// There is no such item, or no such version of it.
    case unknown
    /// There is no such category to put the preset into.
    case noCategory
    /// Another item has that name.
    case nameTaken
    /// A category that has presets is not deleted.
    case inUse
}
