import Domain
import Prompts

/// The category of a task when the model cannot tell it: by its words alone.
struct LexicalFallback: Sendable {
    private let classifier: LexicalClassifier

    /// After a model that was asked and could not decide, the words must speak more plainly.
    private static let confidenceAgainstModel = 0.6

    init(_ classifier: LexicalClassifier) {
        self.classifier = classifier
    }

    /// When there is no answer of a model at all; nil when the words do not tell either.
    func category(of query: String) -> String? {
        category(of: query, atLeast: LexicalClassifier.minimumConfidence)
    }

    /// When the model said `uncertain`.
    func categoryAfterUncertainty(of query: String) -> String? {
        category(of: query, atLeast: Self.confidenceAgainstModel)
    }

    private func category(of query: String, atLeast confidence: Double) -> String? {
        let answer = classifier.classify(query)
        guard answer.category != PromptCategory.uncertainName, answer.confidence >= confidence else { return nil }
        return answer.category
    }
}
