/// An item of the catalogue.
public enum CatalogueItem: Sendable, Equatable {
    /// A category.
    case category(CatalogueCategory)
    /// A preset.
    case preset(CataloguePreset)

    /// Its name.
    public var key: CatalogueKey {
        switch self {
        case .category(let category): CatalogueKey(.category, category.id)
        case .preset(let preset): CatalogueKey(.preset, preset.id)
        }
    }
}
