import Prompts
import YAML

extension PromptResources {
    /// The phrases of every category. A category that is named there must exist and be active.
    func phrases(in file: YAMLNode, _ categories: [PromptCategory]) throws(StartError) -> [LabelledPhrase] {
        var phrases: [LabelledPhrase] = []
        for entry in file["phrases"]?.entries ?? [] {
            guard categories.contains(where: { $0.name == entry.key && $0.isActive }) else {
                throw fault(Self.phrasesFile, entry.value.line, "there is no active category \"\(entry.key)\"")
            }
            for node in entry.value.elements ?? [] {
                guard let text = node.text else { throw fault(Self.phrasesFile, node.line, "a phrase must be text") }
                phrases.append(LabelledPhrase(category: entry.key, text: text))
            }
        }
        return phrases
    }
}
