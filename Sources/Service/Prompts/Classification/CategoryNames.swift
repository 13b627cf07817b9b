/// The names a model may use for the categories: the name itself and the display name.
struct CategoryNames {
    private var nameBySpelling: [String: String] = [:]

    init(_ categories: [PromptCategory]) {
        for category in categories {
            nameBySpelling[Self.normalized(category.name)] = category.name
            nameBySpelling[Self.normalized(category.displayName)] = category.name
        }
    }

    /// The category a text names, without regard to case, quotes and blanks around it.
    func known(_ text: String) -> String? {
        nameBySpelling[Self.normalized(text)]
    }

    /// The category that a sentence names, if it names exactly one.
    func only(in sentence: String) -> String? {
        let words = " " + Self.normalized(sentence) + " "
        let found = nameBySpelling.filter { words.contains(" \($0.key) ") }
        let names = Set(found.values)
        return names.count == 1 ? names.first : nil
    }

    /// Lowercase words with single blanks between them.
    private static func normalized(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.joined(separator: " ")
    }
}
