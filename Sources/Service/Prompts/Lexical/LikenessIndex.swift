/// Texts that others are compared with again and again: each feature that one of them has is looked up once for a
/// comparison with all of them. Takes memory in proportion to the texts.
struct LikenessIndex: Sendable {
    private let rows: FeatureRows
    private let texts: [IndexedText]

    private struct IndexedText {
        let features: [(row: Int, weight: Double)]
        let square: Double
    }

    init(_ texts: [LexicalFeatures]) {
        var rows = FeatureRows()
        self.texts = texts.map { text in
            let features = text.features.map { (row: rows.add($0.hash).row, weight: $0.weight) }
            return IndexedText(features: features, square: text.square)
        }
        self.rows = rows
    }

    /// How like each of the texts is, in their order: from 0 for nothing in common to 1 for the same features, the
    /// cosine of the angle between the two.
    func likeness(to text: LexicalFeatures) -> [Double] {
        var weights = [Double](repeating: 0, count: rows.count)
        for feature in text.features {
            if let row = rows.row(of: feature.hash) { weights[row] = feature.weight }
        }
        let square = text.square
        return texts.map { other in
            let shared = other.features.reduce(0) { $0 + $1.weight * weights[$1.row] }
            let lengths = square * other.square
            return lengths > 0 ? shared / lengths.squareRoot() : 0
        }
    }
}
