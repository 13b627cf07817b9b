public import Prompts

extension PromptLibrary {
    /// This library with the categories and the active presets of the catalogue in place of its own. System prompts,
    /// worked examples and phrases stay: people do not manage them there. `uncertain` is never active, whatever the
    /// catalogue says, since it stands for no category.
    public func following(_ contents: CatalogueContents) -> PromptLibrary {
        PromptLibrary(
            categories: contents.categories.map { category in
                let draft = category.draft
                return PromptCategory(
                    id: category.id, name: draft.name, displayName: draft.displayName,
                    description: draft.description,
                    isActive: draft.isActive && draft.name != PromptCategory.uncertainName,
                    sortOrder: draft.sortOrder)
            },
            presets: contents.presets.filter(\.draft.isActive).map { preset in
                let draft = preset.draft
                return Preset(
                    id: preset.id, category: draft.category, name: draft.name, description: draft.description,
                    template: draft.template)
            },
            systemPrompts: systemPrompts, classifier: classifier, general: general, phrases: phrases)
    }
}
