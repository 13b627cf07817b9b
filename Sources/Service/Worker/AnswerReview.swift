import Domain
import Prompts

/// What is known about an answer without asking anybody: where it goes, and what is doubtful about it.
struct AnswerReview {
    /// Where the table goes; nil without a table or a place.
    let outputRange: String?
    let warnings: [JobWarning]

    /// Looks at an answer to `input` in `category`, whose cells are `source`. `checksResults` turns on the warnings.
    init(_ answer: ParsedAnswer, to input: JobInput, category: String, source: SourceTable?, checksResults: Bool) {
        outputRange = OutputPlacement.range(
            ofResult: answer.table ?? [], category: category, wished: input.outputRange, source: input.inputRange,
            table: source)
        guard checksResults else {
            warnings = []
            return
        }
        let size = answer.table.flatMap(ResultShape.init)?.warning(wished: input.outputRange)
        let sums = AggregateCheck.warnings(
            query: input.query, source: source, sourceRange: input.inputRange, answer: answer.table,
            message: answer.message)
        warnings = ([size].compactMap(\.self) + sums).map { JobWarning(code: $0.code, message: $0.russian) }
    }
}
