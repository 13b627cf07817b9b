/// Everything in the catalogue but what is deleted.
public struct CatalogueContents: Sendable, Equatable {
    /// Grows with each change. The contents are of this revision or a younger one.
    public let revision: Int64
    /// Active or not, by place, then number.
    public let categories: [CatalogueCategory]
    /// Active or not, by their category's place, then number.
    public let presets: [CataloguePreset]

    /// Contents from their parts, in order.
    public init(revision: Int64, categories: [CatalogueCategory], presets: [CataloguePreset]) {
        self.revision = revision
        self.categories = categories
        self.presets = presets
    }
}
