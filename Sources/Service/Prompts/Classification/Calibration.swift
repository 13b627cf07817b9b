/// Makes probabilities of scores. Naive Bayes counts every feature as a witness of its own, so its odds are far too
/// high; one divisor for all of them, the temperature, mends that (Guo et al. 2017).
enum Calibration {
    /// A text whose category is known, judged by a classifier that had not seen it.
    struct Judged {
        let scores: [Double]
        let category: Int
    }

    /// The temperature under which the right answers are the least surprising, from 0.25 to 64; 1 for nothing to
    /// learn from. A search by golden section over its logarithm, in which the surprise has one valley.
    static func temperature(_ judged: [Judged]) -> Double {
        // Texts of which nothing was known surprise alike at any temperature.
        let judged = judged.filter { Set($0.scores).count > 1 }
        guard !judged.isEmpty else { return 1 }
        let golden = 0.618_033_988_749_895
        var (low, high) = (NaturalExponent.logarithm(0.25), NaturalExponent.logarithm(64))
        for _ in 0..<24 {
            let (left, right) = (high - golden * (high - low), low + golden * (high - low))
            if surprise(judged, NaturalExponent.power(left)) < surprise(judged, NaturalExponent.power(right)) {
                high = right
            } else {
                low = left
            }
        }
        return NaturalExponent.power((low + high) / 2)
    }

    /// The softmax of the scores.
    static func probabilities(_ scores: [Double], temperature: Double) -> [Double] {
        let highest = scores.max() ?? 0
        let powers = scores.map { NaturalExponent.power(($0 - highest) / temperature) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    private static func surprise(_ judged: [Judged], _ temperature: Double) -> Double {
        judged.reduce(0) {
            $0 - NaturalExponent.logarithm(max(probabilities($1.scores, temperature: temperature)[$1.category], 1e-12))
        }
    }
}
