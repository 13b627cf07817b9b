import JSON

/// What a model said about the category of a task.
public struct CategoryAnswer: Sendable, Equatable {
    /// One of the known names, or `PromptCategory.uncertainName`.
    public let category: String
    /// From 0 to 1; 0 when the category is uncertain.
    public let confidence: Double

    /// Nothing could be told.
    public static let uncertain = CategoryAnswer(category: PromptCategory.uncertainName, confidence: 0)

    /// What is assumed when a model names a category and no confidence.
    public static let assumedConfidence = 0.5

    /// An answer from its parts; `confidence` is brought into 0…1.
    public init(category: String, confidence: Double) {
        self.category = category
        self.confidence = confidence.isFinite ? min(max(confidence, 0), 1) : 0
    }

    /// Reads a model's answer: `{"category": "generation", "confidence": 0.9}` in any form models give it, scores by
    /// category, or a sentence that names exactly one. Whatever names no active category is `uncertain`.
    public static func parse(_ text: String, categories: [PromptCategory]) -> CategoryAnswer {
        let names = CategoryNames(categories.filter(\.isActive))
        let bytes = Array(text.utf8)
        var index = 0
        while let start = bytes[index...].firstIndex(of: Byte.openBrace) {
            let attempt = LenientParser.parse(bytes, at: start)
            if case .complete(.object(let members)) = attempt.result, let answer = read(members, names) {
                return answer
            }
            index = max(attempt.end, start + 1)
        }
        return names.only(in: text).map { CategoryAnswer(category: $0, confidence: assumedConfidence) } ?? .uncertain
    }

    private static let categoryKeys: Set<String> = ["category", "name", "label", "class", "intent", "категория"]
    private static let confidenceKeys: Set<String> = ["confidence", "score", "probability", "уверенность"]

    private static func read(_ members: [LenientNode.Member], _ names: CategoryNames) -> CategoryAnswer? {
        let confidence = members.lazy.filter { confidenceKeys.contains($0.key.lowercased()) }
            .compactMap { number($0.value) }.first
        for member in members where categoryKeys.contains(member.key.lowercased()) {
            switch member.value {
            case .scalar(.string(let name)):
                guard let known = names.known(name) else { return .uncertain }
                return CategoryAnswer(category: known, confidence: confidence ?? assumedConfidence)
            case .object(let inner):
                guard let answer = read(inner, names) else { continue }
                return confidence.map { CategoryAnswer(category: answer.category, confidence: $0) } ?? answer
            case .scalar, .array:
                continue
            }
        }
        return bestScore(members, names)
    }

    /// `{"generation": 0.9, "analysis": 0.1}`.
    private static func bestScore(_ members: [LenientNode.Member], _ names: CategoryNames) -> CategoryAnswer? {
        members.compactMap { member in
            guard let name = names.known(member.key), let score = number(member.value) else { return nil }
            return CategoryAnswer(category: name, confidence: score)
        }.max { $0.confidence < $1.confidence }
    }

    /// `0.9`, `"0.9"`, `"0,9"`, `90`, `"90 %"`.
    private static func number(_ node: LenientNode) -> Double? {
        guard case .scalar(let value) = node else { return nil }
        guard case .string(let text) = value else { return value.doubleValue.map(fraction) }
        let digits = text.filter { $0 != "%" && !$0.isWhitespace }.map { $0 == "," ? "." : $0 }
        guard let number = Double(String(digits)) else { return nil }
        return text.contains("%") ? number / 100 : fraction(number)
    }

    /// Some models count to a hundred.
    private static func fraction(_ number: Double) -> Double {
        number > 1 && number <= 100 ? number / 100 : number
    }
}
