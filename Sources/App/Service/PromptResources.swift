import Prompts
import YAML

/// Loads `resources/prompts/`.
struct PromptResources {
    let folder: String
    static let phrasesFile = "classifier_phrases.yaml"
    /// For categories that people make while the service runs.
    static let generalFile = "system_prompt_general.yaml"

    /// Reads every file. Throws what is wrong with which file, in words.
    func load() throws(StartError) -> PromptLibrary {
        let categories = try read("categories.yaml")["categories"]?.elements ?? []
        let presets = try read("presets.yaml")["presets"]?.elements ?? []
        var systemPrompts: [String: SystemPrompt] = [:]
        var parsed: [PromptCategory] = []
        for node in categories { parsed.append(try category(node)) }
        for category in parsed where category.isActive {
            systemPrompts[category.name] = try systemPrompt("system_prompt_\(category.name).yaml")
        }
        var parsedPresets: [Preset] = []
        for node in presets { parsedPresets.append(try preset(node)) }
        let library = PromptLibrary(
            categories: parsed, presets: parsedPresets, systemPrompts: systemPrompts,
            classifier: try systemPrompt("system_prompt_classifier.yaml"),
            general: try systemPrompt(Self.generalFile),
            phrases: try phrases(in: try read(Self.phrasesFile), parsed))
        guard library.faults.isEmpty else {
            throw StartError("prompts: " + library.faults.joined(separator: "; "), .configuration)
        }
        return library
    }

    func read(_ name: String) throws(StartError) -> YAMLNode {
        let path = "\(folder)/prompts/\(name)"
        let text: String
        do throws(FileReadError) {
            text = try BoundedFile.read(path)
        } catch {
            throw StartError("\(path): \(error)", .configuration)
        }
        do throws(YAMLError) {
            return try YAMLParser.parse(text)
        } catch {
            throw StartError("\(path): \(error)", .configuration)
        }
    }

    func category(_ node: YAMLNode) throws(StartError) -> PromptCategory {
        PromptCategory(
            id: try number(node, "id", in: "categories.yaml"), name: try text(node, "name", in: "categories.yaml"),
            displayName: try text(node, "display_name", in: "categories.yaml"),
            description: node["description"]?.text ?? "", isActive: node["is_active"]?.text != "false",
            sortOrder: try number(node, "sort_order", in: "categories.yaml"))
    }

    func preset(_ node: YAMLNode) throws(StartError) -> Preset {
        Preset(
            id: try number(node, "id", in: "presets.yaml"), category: try text(node, "category", in: "presets.yaml"),
            name: try text(node, "name", in: "presets.yaml"), description: node["description"]?.text ?? "",
            template: try text(node, "template", in: "presets.yaml"))
    }

    func systemPrompt(_ name: String) throws(StartError) -> SystemPrompt {
        let node = try read(name)
        var examples: [PromptExample] = []
        for example in node["examples"]?.elements ?? [] {
            examples.append(
                PromptExample(
                    request: try text(example, "request", in: name), response: try text(example, "response", in: name)))
        }
        return SystemPrompt(prompt: try text(node, "prompt", in: name), examples: examples)
    }

    func fault(_ file: String, _ line: Int, _ reason: String) -> StartError {
        StartError("\(folder)/prompts/\(file), line \(line): \(reason)", .configuration)
    }

    private func text(_ node: YAMLNode, _ key: String, in file: String) throws(StartError) -> String {
        guard let text = node[key]?.text else {
            throw fault(file, node.line, "\(key) is missing")
        }
        return text
    }

    private func number(_ node: YAMLNode, _ key: String, in file: String) throws(StartError) -> Int {
        guard let number = Int(try text(node, key, in: file)) else {
            throw fault(file, node.line, "\(key) must be a whole number")
        }
        return number
    }
}
