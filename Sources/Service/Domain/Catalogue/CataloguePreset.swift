/// A preset as it stands in the catalogue.
public struct CataloguePreset: Sendable, Equatable {
    /// The number clients know it by.
    public let id: Int
    /// The number of its category.
    public let categoryID: Int
    /// What people decided about it.
    public let draft: PresetDraft
    /// How many tasks were exactly its template. May lag behind by some seconds.
    public let uses: Int
    /// Counts its changes, from 1.
    public let version: Int
    /// Whether it is as the files have it and follows them.
    public let followsFiles: Bool

    /// A preset from its parts.
    public init(id: Int, categoryID: Int, draft: PresetDraft, uses: Int, version: Int, followsFiles: Bool) {
        self.id = id
        self.categoryID = categoryID
        self.draft = draft
        self.uses = uses
        self.version = version
        self.followsFiles = followsFiles
    }
}
