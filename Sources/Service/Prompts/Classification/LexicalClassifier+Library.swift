extension LexicalClassifier {
    /// A classifier that has learnt everything in the library that shows what a category is about: the phrases kept
    /// for it, names, descriptions and templates of presets, descriptions of categories, and the tasks of the worked
    /// examples.
    public init(_ library: PromptLibrary) {
        let active = library.activeCategories
        var phrases = library.phrases
        for category in active {
            let name = category.name
            var texts = [category.displayName, category.description]
            texts += library.presets(inCategory: name).flatMap { [$0.name, $0.description, $0.template] }
            texts += (library.systemPrompts[name]?.examples ?? []).map { $0.task }
            phrases += texts.map { LabelledPhrase(category: name, text: $0) }
        }
        self.init(categories: active.map(\.name), phrases: phrases)
    }
}
