import Prompts
import YAML

/// Goes through `resources/prompts` and lists everything that is wrong there, each with file, line and reason: the
/// start stops at the first.
struct PromptFaults {
    /// In the order of the files.
    private(set) var found: [String] = []
    private let resources: PromptResources

    init(_ resources: PromptResources) {
        self.resources = resources
        let categories = checkCategories()
        checkPresets(categories)
        for category in categories where category.isActive {
            checkSystemPrompt("system_prompt_\(category.name).yaml", answersWithTable: true)
        }
        checkSystemPrompt("system_prompt_classifier.yaml", answersWithTable: false)
        checkSystemPrompt(PromptResources.generalFile, answersWithTable: true)
        checkPhrases(categories)
        // What concerns several files, such as that no category is active.
        if found.isEmpty { _ = attempt { () throws(StartError) in try resources.load() } }
    }

    private mutating func checkCategories() -> [PromptCategory] {
        let file = "categories.yaml"
        var categories: [PromptCategory] = []
        for node in nodes(file, "categories") {
            guard let category = attempt({ [resources] () throws(StartError) in try resources.category(node) }) else {
                continue
            }
            if categories.contains(where: { $0.name == category.name }) {
                note(file, node, "category \"\(category.name)\" is defined twice")
            }
            if categories.contains(where: { $0.id == category.id }) {
                note(file, node, "category id \(category.id) is used twice")
            }
            categories.append(category)
        }
        return categories
    }

    private mutating func checkPresets(_ categories: [PromptCategory]) {
        let file = "presets.yaml"
        var ids: Set<Int> = []
        for node in nodes(file, "presets") {
            guard let preset = attempt({ [resources] () throws(StartError) in try resources.preset(node) }) else {
                continue
            }
            if !ids.insert(preset.id).inserted { note(file, node, "preset id \(preset.id) is used twice") }
            if !categories.contains(where: { $0.name == preset.category }) {
                note(file, node, "preset \(preset.id) is in an unknown category \"\(preset.category)\"")
            }
            if preset.template.allSatisfy(\.isWhitespace) {
                note(file, node, "preset \(preset.id) has an empty template")
            }
        }
    }

    private mutating func checkSystemPrompt(_ file: String, answersWithTable: Bool) {
        guard let node = attempt({ [resources] () throws(StartError) in try resources.read(file) }) else { return }
        if node["prompt"]?.text?.allSatisfy(\.isWhitespace) ?? true { note(file, node, "prompt is missing or empty") }
        for example in node["examples"]?.elements ?? [] {
            for key in ["request", "response"] where example[key]?.text == nil {
                note(file, example, "\(key) is missing")
            }
            if answersWithTable, let response = example["response"]?.text, !PromptExample.isTable(response) {
                note(file, example, "response is not a JSON array of arrays")
            }
        }
    }

    private mutating func checkPhrases(_ categories: [PromptCategory]) {
        let file = PromptResources.phrasesFile
        guard let node = attempt({ [resources] () throws(StartError) in try resources.read(file) }) else { return }
        _ = attempt { [resources] () throws(StartError) in try resources.phrases(in: node, categories) }
    }

    private mutating func nodes(_ file: String, _ key: String) -> [YAMLNode] {
        guard let node = attempt({ [resources] () throws(StartError) in try resources.read(file) }) else { return [] }
        guard let elements = node[key]?.elements else {
            note(file, node, "\(key) is missing or no list")
            return []
        }
        return elements
    }

    private mutating func note(_ file: String, _ node: YAMLNode, _ reason: String) {
        found.append(resources.fault(file, node.line, reason).description)
    }

    private mutating func attempt<Value>(_ read: () throws(StartError) -> Value) -> Value? {
        do throws(StartError) {
            return try read()
        } catch {
            found.append(error.description)
            return nil
        }
    }
}
