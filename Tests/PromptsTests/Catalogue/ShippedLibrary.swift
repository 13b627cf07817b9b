import Foundation
import Prompts
import YAML

/// The library in `resources/prompts`, read without the checks that the service makes.
enum ShippedLibrary {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "resources/prompts")

    static func load() throws -> PromptLibrary {
        let categories = try read("categories.yaml")["categories"]?.elements ?? []
        let presets = try read("presets.yaml")["presets"]?.elements ?? []
        let parsed = categories.map(category)
        var systemPrompts: [String: SystemPrompt] = [:]
        for category in parsed where category.isActive {
            systemPrompts[category.name] = try systemPrompt(category.name)
        }
        return PromptLibrary(
            categories: parsed, presets: presets.map(preset), systemPrompts: systemPrompts,
            classifier: try systemPrompt("classifier"), phrases: try phrases())
    }

    private static func phrases() throws -> [LabelledPhrase] {
        (try read("classifier_phrases.yaml")["phrases"]?.entries ?? []).flatMap { entry in
            (entry.value.elements ?? []).compactMap { node in
                node.text.map { LabelledPhrase(category: entry.key, text: $0) }
            }
        }
    }

    private static func category(_ node: YAMLNode) -> PromptCategory {
        PromptCategory(
            id: number(node, "id"), name: text(node, "name"), displayName: text(node, "display_name"),
            description: text(node, "description"), isActive: text(node, "is_active") == "true",
            sortOrder: number(node, "sort_order"))
    }

    private static func preset(_ node: YAMLNode) -> Preset {
        Preset(
            id: number(node, "id"), category: text(node, "category"), name: text(node, "name"),
            description: text(node, "description"), template: text(node, "template"))
    }

    private static func systemPrompt(_ name: String) throws -> SystemPrompt {
        let node = try read("system_prompt_\(name).yaml")
        return SystemPrompt(
            prompt: text(node, "prompt"),
            examples: (node["examples"]?.elements ?? []).map {
                PromptExample(request: text($0, "request"), response: text($0, "response"))
            })
    }

    private static func read(_ name: String) throws -> YAMLNode {
        try YAMLParser.parse(String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }

    private static func text(_ node: YAMLNode, _ key: String) -> String { node[key]?.text ?? "" }

    private static func number(_ node: YAMLNode, _ key: String) -> Int { Int(text(node, key)) ?? 0 }
}
