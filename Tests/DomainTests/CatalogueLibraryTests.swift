import Domain
import Prompts
import Testing

@Suite("The prompts that follow the catalogue")
struct CatalogueLibraryTests {
    private static let files = PromptLibrary(
        categories: [PromptCategory(id: 1, name: "analysis", displayName: "Анализ", description: "", sortOrder: 1)],
        presets: [Preset(id: 1, category: "analysis", name: "Сводка", description: "", template: "Составь сводку")],
        systemPrompts: ["analysis": SystemPrompt(prompt: "A")], classifier: SystemPrompt(prompt: "C"),
        general: SystemPrompt(prompt: "G"), phrases: [LabelledPhrase(category: "analysis", text: "итоги")])

    private static func category(_ id: Int, _ name: String, isActive: Bool = true) -> CatalogueCategory {
        CatalogueCategory(
            id: id,
            draft: CategoryDraft(
                name: name, displayName: "Название \(name)", description: "о ней", isActive: isActive, sortOrder: id),
            version: 1, followsFiles: false)
    }

    private static func preset(_ id: Int, _ category: String, isActive: Bool = true) -> CataloguePreset {
        CataloguePreset(
            id: id, categoryID: 1,
            draft: PresetDraft(
                category: category, name: "П\(id)", description: "", template: "Текст \(id)", isActive: isActive),
            uses: 3, version: 1, followsFiles: false)
    }

    @Test("have its categories and active presets, and the files' system prompts and phrases")
    func following() {
        let library = Self.files.following(
            CatalogueContents(
                revision: 4,
                categories: [Self.category(1, "analysis", isActive: false), Self.category(6, "letters")],
                presets: [Self.preset(1, "letters"), Self.preset(2, "letters", isActive: false)]))
        #expect(library.activeCategories.map(\.name) == ["letters"])
        #expect(library.category(named: "analysis")?.displayName == "Название analysis")
        #expect(library.presets.map(\.template) == ["Текст 1"])
        #expect(library.systemPrompts == Self.files.systemPrompts)
        #expect(library.classifier == Self.files.classifier && library.general == Self.files.general)
        #expect(library.phrases == Self.files.phrases)
    }

    @Test("never take `uncertain` for a category that tasks can have")
    func uncertain() {
        let library = Self.files.following(
            CatalogueContents(
                revision: 1, categories: [Self.category(1, "analysis"), Self.category(5, "uncertain")], presets: []))
        #expect(library.activeCategories.map(\.name) == ["analysis"])
    }
}
