/// The worked examples of a system prompt with what each task's choice among them needs, made once for all tasks.
struct ExampleSet: Sendable, Equatable {
    let all: [PromptExample]
    let likeness: LikenessIndex

    init(_ examples: [PromptExample]) {
        all = examples
        likeness = LikenessIndex(examples.map(\.features))
    }

    /// Whether both have the same examples: all else follows from that.
    static func == (left: ExampleSet, right: ExampleSet) -> Bool { left.all == right.all }
}
