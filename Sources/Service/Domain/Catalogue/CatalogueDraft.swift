/// What people decide about an item of the catalogue.
public enum CatalogueDraft: Sendable, Equatable {
    /// About a category.
    case category(CategoryDraft)
    /// About a preset.
    case preset(PresetDraft)
}
