import Prompts

/// How often the classifier was right beside how sure it was, in five bins of confidence.
struct CalibrationTable: CustomStringConvertible {
    private struct Bin {
        var count = 0
        var right = 0
        var confidence = 0.0
    }

    private var bins = Array(repeating: Bin(), count: 5)
    private var count = 0

    init(_ queries: [LabelledQuery], _ classifier: LexicalClassifier) {
        for query in queries {
            guard let best = classifier.probabilities(query.text).max(by: { $0.probability < $1.probability }) else {
                continue
            }
            let place = min(4, Int(best.probability * 5))
            bins[place].count += 1
            bins[place].right += best.category == query.category ? 1 : 0
            bins[place].confidence += best.probability
            count += 1
        }
    }

    /// The distance of confidence and accuracy, on average over the queries.
    var expectedError: Double {
        bins.reduce(0) { $0 + abs(Double($1.right) - $1.confidence) } / Double(max(count, 1))
    }

    /// A line a bin.
    var description: String {
        let lines = bins.enumerated().filter { $1.count > 0 }.map { place, bin in
            let mean = (bin.confidence / Double(bin.count) * 100).rounded() / 100
            return "confidence \(place * 20)–\(place * 20 + 20) %: mean \(mean), \(bin.right) of \(bin.count) right"
        }
        return lines.joined(separator: "\n") + "\nexpected calibration error \((expectedError * 1000).rounded() / 1000)"
    }
}
