/// Finds the category of a task by its words alone: for when no model is there to ask. It learns, when it is made,
/// from the library's own texts, and measures on them how far its scores can be trusted. A value: any thread may
/// use it; classifying touches nothing outside.
public struct LexicalClassifier: Sendable {
    /// In the order of the library.
    public let categories: [String]
    /// What the logarithms of the odds are divided by to become a calibrated confidence.
    let temperature: Double
    private let counts: LexicalCounts

    /// Below this confidence a task is `uncertain`.
    public static let minimumConfidence = 0.4
    /// What must be known of a task before anything is said about it: a stem, or three pieces of a word.
    private static let minimumEvidence = 0.9

    /// A classifier that learns from `phrases`; those of unknown categories are passed over. About 20 µs a phrase.
    public init(categories: [String], phrases: [LabelledPhrase]) {
        self.categories = categories
        var counts = LexicalCounts(categoryCount: categories.count)
        var learnt: [(known: [LexicalCounts.Known], category: Int)] = []
        for phrase in phrases {
            guard let category = categories.firstIndex(of: phrase.category) else { continue }
            learnt.append((counts.add(LexicalFeatures(phrase.text), category: category), category))
        }
        let judged = learnt.map { known, category in
            Calibration.Judged(scores: counts.scores(known, leavingOut: category), category: category)
        }
        temperature = Calibration.temperature(judged)
        counts.settle()
        self.counts = counts
    }

    /// The most likely category and how likely it is; `uncertain` when none stands out.
    public func classify(_ text: String) -> CategoryAnswer {
        let known = counts.known(LexicalFeatures(text))
        guard known.reduce(0, { $0 + $1.weight }) >= Self.minimumEvidence,
            let best = probabilities(known).max(by: { $0.probability < $1.probability }),
            best.probability >= Self.minimumConfidence
        else { return .uncertain }
        return CategoryAnswer(category: best.category, confidence: best.probability)
    }

    /// How likely each category is, in the order of `categories`; together they make 1. All alike for a text of which
    /// nothing is known.
    public func probabilities(_ text: String) -> [(category: String, probability: Double)] {
        probabilities(counts.known(LexicalFeatures(text)))
    }

    private func probabilities(_ known: [LexicalCounts.Known]) -> [(category: String, probability: Double)] {
        let scores = counts.scores(known)
        return Array(zip(categories, Calibration.probabilities(scores, temperature: temperature)))
    }
}
