import Providers

extension Rule where Value == [ModelChoice] {
    /// `gigachat/GigaChat-2,mistral/mistral-small-latest`.
    static var models: Self {
        Rule("a list of provider/model, 1 to 64 of them with commas between and none twice") {
            RouteTable.choices($0)
        } write: { choices in
            choices.isEmpty ? nil : choices.map(\.description).joined(separator: ",")
        }
    }
}

extension Rule where Value == [String: ModelTier] {
    /// `classification:cheap,analysis:expensive`.
    static var tiers: Self {
        Rule("a list of name:cheap or name:expensive, 1 to 64 of them with commas between") {
            RouteTable.assignments($0)
        } write: { tiers in
            let rows = tiers.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.rawValue)" }
            return rows.isEmpty ? nil : rows.joined(separator: ",")
        }
    }
}

extension Rule where Value == ModelPrices {
    /// `gigachat/*=65,mistral/mistral-small-latest=9.5:28`.
    static var prices: Self {
        Rule("a list of provider/model=price or =price:price, * for all models, with commas between") {
            ModelPrices($0)
        } write: { prices in
            prices.text.isEmpty ? nil : prices.text
        }
    }
}

extension Rule where Value == String {
    /// How routes call a provider.
    static var providerName: Self {
        Rule("a name of 1 to 32 small letters, digits and hyphens") { text in
            let isRight = text.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
            return isRight && (1...32).contains(text.utf8.count) ? text : nil
        } write: {
            $0
        }
    }
}
