import Prompts
import Testing

@Suite("The prompt library")
struct PromptLibraryTests {
    private func category(_ id: Int, _ name: String, order: Int, isActive: Bool = true) -> PromptCategory {
        PromptCategory(
            id: id, name: name, displayName: name, description: "", isActive: isActive, sortOrder: order)
    }

    private func preset(_ id: Int, _ category: String, template: String = "x") -> Preset {
        Preset(id: id, category: category, name: "n", description: "", template: template)
    }

    private func library(
        categories: [PromptCategory]? = nil, presets: [Preset] = [], response: String = "[[1]]"
    ) -> PromptLibrary {
        let example = PromptExample(request: "x", response: response)
        return PromptLibrary(
            categories: categories
                ?? [
                    category(5, "uncertain", order: 9, isActive: false), category(2, "search", order: 2),
                    category(1, "analysis", order: 1),
                ],
            presets: presets,
            systemPrompts: [
                "analysis": SystemPrompt(prompt: "A", examples: [example]), "search": SystemPrompt(prompt: "S"),
                "uncertain": SystemPrompt(prompt: "U"),
            ],
            classifier: SystemPrompt(prompt: "C"))
    }

    @Test("sorts categories by their place and presets by category and number")
    func order() {
        let library = library(presets: [preset(3, "search"), preset(9, "analysis"), preset(4, "analysis")])
        #expect(library.categories.map(\.name) == ["analysis", "search", "uncertain"])
        #expect(library.activeCategories.map(\.name) == ["analysis", "search"])
        #expect(library.presets.map(\.id) == [4, 9, 3])
        #expect(library.presets(inCategory: "analysis").map(\.id) == [4, 9])
    }

    @Test("finds categories by name and by number")
    func lookup() {
        #expect(library().category(named: "search")?.id == 2)
        #expect(library().category(withID: 5)?.name == "uncertain")
        #expect(library().category(named: "cooking") == nil)
    }

    @Test("gives each active category its own system prompt and the others none")
    func systemPrompts() {
        #expect(library().systemPrompt(forCategory: "search")?.prompt == "S")
        #expect(library().systemPrompt(forCategory: "uncertain") == nil)
        #expect(library().systemPrompt(forCategory: "cooking") == nil)
    }

    @Test("tells a category without a prompt of its own by the general one and by what the category is for")
    func generalPrompt() throws {
        let translation = PromptCategory(
            id: 9, name: "translation", displayName: "Перевести", description: "Перевод ячеек. ", sortOrder: 9)
        let library = PromptLibrary(
            categories: [category(1, "analysis", order: 1), translation], presets: [],
            systemPrompts: ["analysis": SystemPrompt(prompt: "A")], classifier: SystemPrompt(prompt: "C"),
            general: SystemPrompt(prompt: "G\n", examples: [PromptExample(request: "x", response: "{}")]))
        let prompt = try #require(library.systemPrompt(forCategory: "translation"))
        #expect(prompt.prompt == "G\n\nВид задачи: Перевести. Перевод ячеек.")
        #expect(prompt.examples.count == 1)
        #expect(library.systemPrompt(forCategory: "analysis")?.prompt == "A")
        #expect(library.systemPrompt(forCategory: "cooking") == nil)
        #expect(
            library.faults == [
                "category \"translation\" has no system prompt",
                "example 1 of the general prompt does not answer with a JSON array of arrays",
            ])
    }

    @Test("has no faults when everything fits together")
    func sound() {
        #expect(library(presets: [preset(1, "search")]).faults.isEmpty)
    }

    @Test("names every fault")
    func faults() {
        let categories = [
            category(1, "analysis", order: 1), category(1, "analysis", order: 2), category(7, "x", order: 3),
        ]
        let presets = [preset(1, "analysis"), preset(1, "cooking"), preset(2, "x", template: " ")]
        #expect(
            library(categories: categories, presets: presets, response: "{}").faults == [
                "category id 1 is used twice",
                "category \"analysis\" is defined twice",
                "preset id 1 is used twice",
                "category \"x\" has no system prompt",
                "preset 2 has an empty template",
                "preset 1 is in an unknown category \"cooking\"",
                "example 1 of category \"analysis\" does not answer with a JSON array of arrays",
            ])
        #expect(library(categories: []).faults.contains("no category is active"))
    }
}
