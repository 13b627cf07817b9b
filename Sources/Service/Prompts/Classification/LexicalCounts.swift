/// How often each feature occurs in the phrases of each category: naive Bayes that judges a category mostly by how
/// little the phrases of all others resemble the text (complement counts, Rennie et al. 2003), and partly by how much
/// its own do. The share was chosen by leaving out one phrase at a time and on the open half of the labelled queries.
struct LexicalCounts {
    typealias Known = (row: Int, weight: Double)

    private var rows = FeatureRows()
    /// For each feature the weight it has in each category, feature by feature.
    private var weights: [Double] = []
    private var totals: [Double]
    /// What each feature says about each category, in the order of the weights.
    private var evidence: [Double] = []
    let categoryCount: Int

    /// Added to every count, so that a feature some categories never saw does not decide alone.
    static let smoothing = 0.3
    /// The part that a category's own phrases have in its score beside those of the others.
    private static let insideShare = 0.5

    init(categoryCount: Int) {
        self.categoryCount = categoryCount
        totals = Array(repeating: 0, count: categoryCount)
    }

    /// Adds a phrase and gives its features back as rows.
    mutating func add(_ features: LexicalFeatures, category: Int) -> [Known] {
        features.features.map { feature in
            let (row, isNew) = rows.add(feature.hash)
            if isNew {
                weights.append(contentsOf: repeatElement(0, count: categoryCount))
            }
            weights[row * categoryCount + category] += feature.weight
            totals[category] += feature.weight
            return (row, feature.weight)
        }
    }

    /// The features that some phrase had.
    func known(_ features: LexicalFeatures) -> [Known] {
        features.features.compactMap { feature in rows.row(of: feature.hash).map { ($0, feature.weight) } }
    }

    /// Works out what each feature says about each category, once all phrases are there.
    mutating func settle() {
        let all = totals.reduce(0, +)
        let spread = Self.smoothing * Double(rows.count)
        evidence = weights.indices.map { place in
            let (start, category) = (place - place % categoryCount, place % categoryCount)
            let sum = weights[start..<start + categoryCount].reduce(0, +)
            return Self.evidence(
                inside: weights[place], sum: sum, total: totals[category], all: all, spread: spread)
        }
    }

    /// The score of each category, in natural logarithms; higher is better. Counts must have been settled.
    func scores(_ known: [Known]) -> [Double] {
        var scores = [Double](repeating: 0, count: categoryCount)
        for (row, weight) in known {
            for category in 0..<categoryCount {
                scores[category] += weight * evidence[row * categoryCount + category]
            }
        }
        return scores
    }

    /// The same for a phrase of the category `own` that has been added and is to be judged as if it had not.
    func scores(_ known: [Known], leavingOut own: Int) -> [Double] {
        let ownTotal = known.reduce(0) { $0 + $1.weight }
        let all = totals.reduce(0, +) - ownTotal
        let spread = Self.smoothing * Double(rows.count)
        var scores = [Double](repeating: 0, count: categoryCount)
        for (row, weight) in known {
            let start = row * categoryCount
            let sum = weights[start..<start + categoryCount].reduce(0, +) - weight
            // A feature that only the phrase itself had was unknown without it.
            guard sum > 1e-9 else { continue }
            for category in 0..<categoryCount {
                let isOwn = category == own
                scores[category] +=
                    weight
                    * Self.evidence(
                        inside: weights[start + category] - (isOwn ? weight : 0), sum: sum,
                        total: totals[category] - (isOwn ? ownTotal : 0), all: all, spread: spread)
            }
        }
        return scores
    }

    /// What a feature that weighs `inside` in a category and `sum` in all says about it, where the category's features
    /// weigh `total` and those of all `all`.
    private static func evidence(
        inside: Double, sum: Double, total: Double, all: Double, spread: Double
    ) -> Double {
        let within = (inside + smoothing) / (total + spread)
        let outside = (sum - inside + smoothing) / (all - total + spread)
        return insideShare * NaturalExponent.logarithm(within) - NaturalExponent.logarithm(outside)
    }
}
