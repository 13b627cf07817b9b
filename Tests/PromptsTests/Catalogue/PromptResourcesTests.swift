import Foundation
import JSON
import Prompts
import Testing

/// Looks at the shipped texts as text; that they load as a sound library is tested where they are loaded.
@Suite("The shipped prompts")
struct PromptResourcesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "resources/prompts")
    static let categories = ["analysis", "transformation", "search", "generation"]

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    }

    private func count(_ piece: String, in text: String) -> Int {
        text.components(separatedBy: piece).count - 1
    }

    @Test("define the four categories and the inactive one")
    func categoryFile() throws {
        let text = try text("categories.yaml")
        for name in Self.categories + ["uncertain"] { #expect(text.contains("    name: \(name)\n")) }
        for title in [
            "Проанализировать данные", "Преобразовать данные", "Искать и фильтровать данные",
            "Создать синтетические данные",
        ] {
            #expect(text.contains("    display_name: \(title)\n"))
        }
        #expect(count("is_active: false", in: text) == 1)
        #expect(count("sort_order:", in: text) == 5)
    }

    @Test(
        "have presets for each category",
        arguments: [("analysis", 2), ("transformation", 5), ("search", 2), ("generation", 5)])
    func presetFile(category: String, least: Int) throws {
        #expect(count("    category: \(category)\n", in: try text("presets.yaml")) >= least)
    }

    @Test(
        "answer every example with a strict table that the answer parser reads as it is",
        arguments: categories + ["general"])
    func examples(category: String) throws {
        let text = try text("system_prompt_\(category).yaml")
        #expect(text.hasPrefix("prompt: |\n"))
        let responses = text.components(separatedBy: "    response: |\n").dropFirst()
        #expect(responses.count >= 3)
        for response in responses {
            let json = response.components(separatedBy: "  - request:")[0]
            let rows = try #require(JSONParser().parse(json).arrayValue).compactMap(\.arrayValue)
            #expect(AnswerParser.parse(json) == .read(ParsedAnswer(table: rows)))
            #expect(Set(rows.map(\.count)).count == 1)
        }
    }

    @Test(
        "tell every category how data are marked and what form an answer has",
        arguments: categories + ["general"])
    func rules(category: String) throws {
        let text = try text("system_prompt_\(category).yaml")
        #expect(text.contains("между строками <данные> и </данные>"))
        #expect(text.contains("JSON-массив"))
    }

    @Test("have a classifier whose examples name known categories")
    func classifier() throws {
        let text = try text("system_prompt_classifier.yaml")
        let known = Self.categories.enumerated().map { index, name in
            PromptCategory(id: index, name: name, displayName: name, description: "", sortOrder: index)
        }
        let answers = text.components(separatedBy: "    response: |\n").dropFirst().map {
            CategoryAnswer.parse($0.components(separatedBy: "  - request:")[0], categories: known)
        }
        #expect(answers.count >= 5)
        #expect(Set(answers.map(\.category)) == Set(Self.categories + ["uncertain"]))
    }
}
