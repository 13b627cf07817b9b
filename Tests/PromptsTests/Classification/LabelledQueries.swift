/// Tasks as people in an office write them, with the category each belongs to. None is among the phrases the
/// classifier learns from. The lists alternate: queries at even places may be looked at while the classifier is
/// being improved, those at odd places are held back and only counted.
enum LabelledQueries {
    static let all: [LabelledQuery] =
        queries("analysis", analysisQueries) + queries("transformation", transformationQueries)
        + queries("search", searchQueries) + queries("generation", generationQueries)

    /// For looking at.
    static let open = all.filter { $0.place.isMultiple(of: 2) }
    /// For counting only.
    static let heldBack = all.filter { !$0.place.isMultiple(of: 2) }

    private static func queries(_ category: String, _ list: String) -> [LabelledQuery] {
        list.split(separator: "\n").enumerated().map { place, text in
            LabelledQuery(text: String(text), category: category, place: place)
        }
    }
}
