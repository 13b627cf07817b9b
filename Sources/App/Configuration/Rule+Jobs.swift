import Domain

extension Rule where Value == JobID {
    /// A job's id.
    static var jobID: Self {
        Rule("a job's id, which is a UUID") {
            JobID($0)
        } write: {
            $0.description
        }
    }
}

extension Rule where Value == ClientWeights {
    /// `192.0.2.7=2,kafka:user:42=0.5`.
    static var weights: Self {
        let range = ClientWeights.range
        let expectation =
            "a list of client=weight, each from \(range.lowerBound) to \(Int(range.upperBound)) with at most two "
            + "decimals, 1 to \(ClientWeights.maximumCount) of them with commas between and no client twice"
        return Rule(expectation) { text in
            var weights: [String: Double] = [:]
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let equals = part.firstIndex(of: "="), let weight = weight(part[part.index(after: equals)...]),
                    weights.updateValue(weight, forKey: String(part[..<equals]).trimmed) == nil
                else { return nil }
            }
            return ClientWeights(weights)
        } write: { weights in
            let parts = weights.named.sorted { $0.key < $1.key }.map { "\($0.key)=\(shown($0.value))" }
            return parts.isEmpty ? nil : parts.joined(separator: ",")
        }
    }

    /// Digits, and a point with one or two more: what else is a number to Swift is a typing error here.
    private static func weight(_ text: Substring) -> Double? {
        let parts = String(text).trimmed.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count < 2 || (1...2).contains(parts[1].utf8.count) else { return nil }
        guard parts.allSatisfy({ !$0.isEmpty && WholeNumber.parse($0) != nil }) else { return nil }
        return Double(parts.joined(separator: "."))
    }

    private static func shown(_ weight: Double) -> String {
        weight.rounded() == weight ? String(Int(weight)) : String(weight)
    }
}
