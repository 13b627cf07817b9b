/// The worked examples that go with a task: those whose tasks share most words with it.
enum ExampleChoice {
    /// More examples teach a model nothing new about the form of an answer.
    static let maximumExamples = 3
    /// The part of the token budget that examples may take: the data need the rest.
    private static let budgetShare = 3

    /// The examples nearest to `task`, in their own order, as many as fit. What is equally near goes by that order
    /// too, so that a task unlike all of them gets the first ones.
    static func nearest(to task: String, among examples: [PromptExample], tokenBudget: Int) -> [PromptExample] {
        let wanted = LexicalFeatures(task)
        let ranked = examples.enumerated().map { place, example in
            (place: place, likeness: wanted.likeness(to: LexicalFeatures(example.task)))
        }.sorted { ($1.likeness, $0.place) < ($0.likeness, $1.place) }
        var left = tokenBudget / budgetShare
        var chosen: Set<Int> = []
        for (place, _) in ranked where chosen.count < maximumExamples {
            let cost = TokenEstimate.tokens(in: examples[place].request + examples[place].response) + labelTokens
            guard cost <= left else { continue }
            left -= cost
            chosen.insert(place)
        }
        return chosen.sorted().map { examples[$0] }
    }

    /// For the words around an example.
    private static let labelTokens = 16
}
