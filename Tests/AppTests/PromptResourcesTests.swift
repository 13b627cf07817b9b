import Foundation
import Prompts
import Testing

@testable import App

@Suite("Prompt resources")
struct PromptResourcesTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What comes of a copy of the repository's prompts that a test may spoil.
    private func spoiled<Outcome>(
        _ files: [String], _ change: (String) -> String, read: (PromptResources) -> Outcome
    ) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "prompts-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let prompts = folder.appending(path: "prompts")
        try FileManager.default.copyItem(at: Self.repository.appending(path: "resources/prompts"), to: prompts)
        for file in files {
            let path = prompts.appending(path: file)
            try Data(change(try String(contentsOf: path, encoding: .utf8)).utf8).write(to: path)
        }
        return read(PromptResources(folder: folder.path()))
    }

    private func spoiled(_ file: String, _ change: (String) -> String) throws -> StartError? {
        try spoiled([file], change) { resources in
            do throws(StartError) {
                _ = try resources.load()
                return nil
            } catch {
                return error
            }
        }
    }

    @Test("the shipped prompts load: four active categories, at least 14 presets, a prompt for each category")
    func shipped() throws {
        let library = try PromptResources(folder: Self.repository.appending(path: "resources").path()).load()
        #expect(library.activeCategories.map(\.name) == ["analysis", "transformation", "search", "generation"])
        #expect(library.category(named: "uncertain")?.isActive == false)
        #expect(library.presets.count >= 14)
        for category in library.activeCategories {
            #expect(library.systemPrompt(forCategory: category.name)?.examples.isEmpty == false)
        }
        #expect(library.general?.examples.isEmpty == false)
    }

    @Test("broken YAML is reported with its file and line")
    func broken() throws {
        let error = try spoiled("presets.yaml") { $0 + "\n  - id: [1\n" }
        #expect(error?.exitCode == .configuration)
        #expect(error?.description.contains("presets.yaml") == true)
        #expect(error?.description.contains("line") == true)
    }

    @Test("a missing field is reported with its file, line and name")
    func missingField() throws {
        let error = try spoiled("categories.yaml") { $0.replacing("    sort_order: 1\n", with: "") }
        #expect(error?.description.contains("categories.yaml, line 3") == true)
        #expect(error?.description.contains("sort_order") == true)
    }

    @Test("a category without a system prompt stops the start")
    func emptyPrompt() throws {
        let error = try spoiled("system_prompt_search.yaml") { _ in "prompt: ''\nexamples: []\n" }
        #expect(error?.description.contains("search") == true)
    }

    @Test("a phrase of an unknown category is reported with its line")
    func unknownPhrases() throws {
        let error = try spoiled("classifier_phrases.yaml") { $0.replacing("  search:", with: "  cooking:") }
        #expect(error?.description.contains("classifier_phrases.yaml, line") == true)
        #expect(error?.description.contains("cooking") == true)
    }

    @Test("the shipped prompts have no faults, and teach the classifier every category")
    func sound() throws {
        let resources = PromptResources(folder: Self.repository.appending(path: "resources").path())
        #expect(PromptFaults(resources).found.isEmpty)
        let classifier = LexicalClassifier(try resources.load())
        #expect(classifier.classify("Придумай таблицу с вымышленными клиентами").category == "generation")
        #expect(classifier.classify("Посчитай сумму и среднее").category == "analysis")
    }

    @Test("a check names the faults of all files at once, each with its line")
    func allFaults() throws {
        let files = ["presets.yaml", "system_prompt_search.yaml", "categories.yaml", "classifier_phrases.yaml"]
        let found = try spoiled(files) { text in
            text.replacing("  - id: 2\n    category: analysis", with: "  - id: 1\n    category: cooking")
                .replacing("    sort_order: 3\n", with: "    sort_order: third\n")
                .replacing("[[\"Артикул\",\"Название\",\"Остаток\"]]", with: "нет таких")
                .replacing("  generation:\n", with: "  gen: [\n")
        } read: {
            PromptFaults($0).found
        }
        for (file, reason) in [
            ("categories.yaml, line", "sort_order must be a whole number"),
            ("presets.yaml, line", "preset id 1 is used twice"),
            ("presets.yaml, line", "unknown category \"cooking\""), ("classifier_phrases.yaml", "line"),
        ] {
            #expect(found.contains { $0.contains(file) && $0.contains(reason) }, "\(file): \(reason) in \(found)")
        }
    }
}
