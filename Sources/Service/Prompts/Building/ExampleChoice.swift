/// The worked examples that go with a task: those whose tasks share most words with it.
enum ExampleChoice {
    /// More examples teach a model nothing new about the form of an answer.
    static let maximumExamples = 3
    /// The part of the token budget that examples may take: the data need the rest.
    private static let budgetShare = 3

    /// The examples nearest to `task`, in their own order, as many as fit. What is equally near goes by that order
    /// too, so that a task unlike all of them gets the first ones.
    static func nearest(to task: String, among examples: ExampleSet, tokenBudget: Int) -> [PromptExample] {
        guard !examples.all.isEmpty else { return [] }
        let likeness = examples.likeness.likeness(to: LexicalFeatures(task))
        let ranked = likeness.indices.sorted { (likeness[$1], $0) < (likeness[$0], $1) }
        var left = tokenBudget / budgetShare
        var chosen: Set<Int> = []
        for place in ranked where chosen.count < maximumExamples {
            let cost = examples.all[place].tokens + labelTokens
            guard cost <= left else { continue }
            left -= cost
            chosen.insert(place)
        }
        return chosen.sorted().map { examples.all[$0] }
    }

    /// For the words around an example.
    private static let labelTokens = 16
}
