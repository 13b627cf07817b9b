import Prompts

/// How often queries of one category were taken for another.
struct ConfusionTable: CustomStringConvertible {
    private let categories: [String]
    private var counts: [String: [String: Int]] = [:]
    private(set) var total = 0
    private var right = 0

    init(_ queries: [LabelledQuery], _ classifier: LexicalClassifier) {
        categories = classifier.categories
        for query in queries {
            let found = classifier.classify(query.text).category
            counts[query.category, default: [:]][found, default: 0] += 1
            total += 1
            right += found == query.category ? 1 : 0
        }
    }

    var accuracy: Double { Double(right) / Double(max(total, 1)) }

    /// A line a category: what its queries were taken for.
    var description: String {
        let columns = categories + [PromptCategory.uncertainName]
        let header = Self.line("is \\ taken for", columns)
        let lines = categories.map { name in Self.line(name, columns.map { String(counts[name]?[$0] ?? 0) }) }
        return ([header] + lines + ["\(right) of \(total) right: \((accuracy * 1000).rounded() / 10) %"])
            .joined(separator: "\n")
    }

    private static func line(_ name: String, _ cells: [String]) -> String {
        ([name] + cells).map { $0 + String(repeating: " ", count: max(0, 16 - $0.count)) }.joined()
    }
}
