public import Domain

/// How routes are written in settings.
extension RouteTable {
    /// More models or rows than anybody writes by hand.
    private static let maximumCount = 64

    /// `gigachat/GigaChat-2,mistral/mistral-small-latest`: the first choice first; nil for anything else.
    public static func choices(_ text: String) -> [ModelChoice]? {
        let parts = parts(text, between: ",")
        let choices = parts.compactMap(ModelChoice.init)
        return choices.count == parts.count && isFew(choices) && Set(choices).count == choices.count ? choices : nil
    }

    /// `classification:cheap,generation:expensive,search:cheap`: the tier of each stage or category; nil for anything
    /// else, and when a name comes twice.
    public static func assignments(_ text: String) -> [String: ModelTier]? {
        let rows = parts(text, between: ",")
        var assignments: [String: ModelTier] = [:]
        for row in rows {
            let sides = parts(row, between: ":")
            guard sides.count == 2, !sides[0].isEmpty, let tier = ModelTier(rawValue: sides[1]) else { return nil }
            guard assignments.updateValue(tier, forKey: sides[0]) == nil else { return nil }
        }
        return isFew(rows) ? assignments : nil
    }

    /// The models for GigaChat alone: `generate` and `classify` where they are given, else `fallback`.
    public static func gigachat(
        provider: String, fallback: String, generate: String?, classify: String?, embed: String
    ) -> [ModelTarget.Stage: [ModelChoice]] {
        let models: [ModelTarget.Stage: String] = [
            .generation: generate ?? fallback, .classification: classify ?? fallback, .chat: generate ?? fallback,
            .embedding: embed,
        ]
        return models.mapValues { [ModelChoice(provider: provider, model: $0)] }
    }

    private static func isFew<Element>(_ elements: [Element]) -> Bool { elements.count <= maximumCount }

    private static func parts(_ text: String, between separator: Character) -> [String] {
        text.split(separator: separator, omittingEmptySubsequences: false).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
