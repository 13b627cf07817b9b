import Foundation
import Prompts
import Testing

@testable import App

@Suite("Prompt resources")
struct PromptResourcesTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A copy of the repository's prompts that a test may spoil.
    private func spoiled(_ file: String, _ change: (String) -> String) throws -> StartError? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "prompts-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let prompts = folder.appending(path: "prompts")
        try FileManager.default.copyItem(at: Self.repository.appending(path: "resources/prompts"), to: prompts)
        let path = prompts.appending(path: file)
        try Data(change(try String(contentsOf: path, encoding: .utf8)).utf8).write(to: path)
        do throws(StartError) {
            _ = try PromptResources(folder: folder.path()).load()
            return nil
        } catch {
            return error
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
}
