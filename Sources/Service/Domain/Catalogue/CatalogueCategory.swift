/// A category as it stands in the catalogue.
public struct CatalogueCategory: Sendable, Equatable {
    /// The number clients know it by.
    public let id: Int
    /// What people decided about it.
    public let draft: CategoryDraft
    /// Counts its changes, from 1.
    public let version: Int
    /// Whether it is as the files have it and follows them.
    public let followsFiles: Bool

    /// A category from its parts.
    public init(id: Int, draft: CategoryDraft, version: Int, followsFiles: Bool) {
        self.id = id
        self.draft = draft
        self.version = version
        self.followsFiles = followsFiles
    }
}
