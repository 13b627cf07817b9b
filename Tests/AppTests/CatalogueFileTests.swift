import Domain
import JSON
import Testing

@testable import App

@Suite("Files of prompts")
struct CatalogueFileTests {
    private let category = CategoryDraft(
        name: "analysis", displayName: "Анализ", description: "о ней", isActive: true, sortOrder: 3)
    private let preset = PresetDraft(
        category: "analysis", name: "Сводка", description: "", template: "две\nстроки", isActive: false)

    @Test("what is written can be read again")
    func roundTrip() throws {
        let contents = CatalogueContents(
            revision: 1, categories: [CatalogueCategory(id: 1, draft: category, version: 1, followsFiles: true)],
            presets: [CataloguePreset(id: 1, categoryID: 1, draft: preset, uses: 0, version: 1, followsFiles: true)])
        for isJSON in [true, false] {
            let file = try CatalogueFile.read(CatalogueFile.text(contents), isJSON: isJSON).get()
            #expect(file.categories == [category] && file.presets == [preset])
        }
    }

    @Test("YAML in the form of resources/prompts is read")
    func yaml() throws {
        let text = """
            presets:
              - category: analysis
                name: Сводка
                is_active: false
                template: |-
                  две
                  строки
            """
        #expect(try CatalogueFile.read(text, isJSON: false).get().presets == [preset])
    }

    @Test("every fault is named, with its place")
    func faults() {
        let text = """
            {"categories":[{"name":"X"},5],"presets":[{"category":"a","name":"n","template":"t"},
            {"category":"a","name":"n","template":"t"},{"name":"m"}]}
            """
        guard case .failure(let faults) = CatalogueFile.read(text, isJSON: true) else {
            Issue.record("was read")
            return
        }
        #expect(
            faults.list.map { $0.prefix { $0 != ":" } } == [
                "categories.0.name", "categories.0.display_name", "categories.1", "presets.2.category",
                "presets.2.template", "preset \"a/n\" is there twice",
            ])
    }

    @Test("a category that is nowhere is missed")
    func missing() throws {
        let text =
            #"{"presets":[{"category":"b","name":"n","template":"t"},{"category":"a","name":"n","template":"t"}]}"#
        #expect(try CatalogueFile.read(text, isJSON: true).get().missingCategories(known: ["a"]) == ["b"])
    }
}
