public import Domain

/// What tokens cost, as configured: `gigachat/*=65,mistral/mistral-small-latest=9.5:28` for a million of them, prompt
/// and answer alike or with a colon between the two.
public struct ModelPrices: Sendable, Equatable {
    private struct Price: Sendable, Equatable {
        var provider: String
        /// Nil stands for all of the provider's.
        var model: String?
        /// Trillionths for one token, which is millionths for a million.
        var prompt: Int64
        var completion: Int64
    }

    /// More rows than anybody writes by hand.
    private static let maximumRows = 256
    private let prices: [Price]
    /// As it was written.
    public let text: String

    /// No prices: costs are unknown.
    public init() {
        prices = []
        text = ""
    }

    /// Reads rows with commas between them; nil when one is wrong.
    public init?(_ text: String) {
        let rows = text.split(separator: ",", omittingEmptySubsequences: false)
        let prices = rows.prefix(Self.maximumRows).compactMap { Self.price($0.filter { $0 != " " }) }
        guard prices.count == rows.count else { return nil }
        self.prices = prices
        self.text = text
    }

    /// What the tokens of a model cost; nil when it has no price. A row that names the model counts more than one for
    /// all of the provider's.
    public func cost(of tokens: TokenUsage, _ choice: ModelChoice) -> CallCost? {
        let ofProvider = prices.filter { $0.provider == choice.provider }
        guard
            let price = ofProvider.first(where: { $0.model == choice.model })
                ?? ofProvider.first(where: { $0.model == nil })
        else { return nil }
        let (prompt, first) = Int64(max(tokens.prompt, 0)).multipliedReportingOverflow(by: price.prompt)
        let (answer, second) = Int64(max(tokens.completion, 0)).multipliedReportingOverflow(by: price.completion)
        return CallCost(trillionths: first ? .max : prompt) + CallCost(trillionths: second ? .max : answer)
    }

    private static func price(_ row: String) -> Price? {
        let sides = row.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, let choice = ModelChoice(String(sides[0])) else { return nil }
        let numbers = sides[1].split(separator: ":", omittingEmptySubsequences: false).map(millionths)
        guard (1...2).contains(numbers.count), let prompt = numbers[0], let completion = numbers[numbers.count - 1]
        else { return nil }
        return Price(
            provider: choice.provider, model: choice.model == "*" ? nil : choice.model, prompt: prompt,
            completion: completion)
    }

    /// A number with at most nine digits before the point and six behind it.
    private static func millionths(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { part in part.allSatisfy { ("0"..."9").contains($0) } && !part.isEmpty }
        guard (1...2).contains(parts.count), isDigits, parts[0].count <= 9 else { return nil }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        guard fraction.count <= 6 else { return nil }
        return Int64(parts[0] + fraction + String(repeating: "0", count: 6 - fraction.count))
    }
}
