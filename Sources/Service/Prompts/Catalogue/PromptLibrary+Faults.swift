extension PromptLibrary {
    /// What does not fit together, each fault in an English sentence for the log; empty for a sound library.
    public var faults: [String] {
        Self.repeated(categories.map { String($0.id) }).map { "category id \($0) is used twice" }
            + Self.repeated(categories.map(\.name)).map { "category \"\($0)\" is defined twice" }
            + Self.repeated(presets.map { String($0.id) }).map { "preset id \($0) is used twice" }
            + categoryFaults + presetFaults + exampleFaults
    }

    private var categoryFaults: [String] {
        guard !activeCategories.isEmpty else { return ["no category is active"] }
        return activeCategories.filter { systemPrompts[$0.name]?.prompt.trimmingBlanks().isEmpty ?? true }.map {
            "category \"\($0.name)\" has no system prompt"
        }
    }

    private var presetFaults: [String] {
        presets.compactMap { preset in
            if category(named: preset.category) == nil {
                return "preset \(preset.id) is in an unknown category \"\(preset.category)\""
            }
            return preset.template.trimmingBlanks().isEmpty ? "preset \(preset.id) has an empty template" : nil
        }
    }

    /// Examples teach the form of the answer, so each must be strict JSON: an array of arrays.
    private var exampleFaults: [String] {
        let named = systemPrompts.sorted { $0.key < $1.key }.map { ("category \"\($0.key)\"", $0.value) }
        return (named + (general.map { [("the general prompt", $0)] } ?? [])).flatMap { owner, prompt in
            prompt.examples.enumerated().compactMap { index, example in
                PromptExample.isTable(example.response)
                    ? nil : "example \(index + 1) of \(owner) does not answer with a JSON array of arrays"
            }
        }
    }

    private static func repeated(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0).inserted }
    }
}
