import Domain

/// What is wrong with an answer that came with status 200.
struct AnswerFault: Error, Equatable {
    /// The class that it ends in.
    var failureClass: FailureClass
    /// What is wrong, without the answer's text.
    var detail: String

    /// Nothing that can be read.
    static func malformed(_ detail: String) -> AnswerFault {
        AnswerFault(failureClass: .malformed, detail: detail)
    }
}
