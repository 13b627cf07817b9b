/// The outcome of reading an answer.
public enum AnswerReading: Sendable, Equatable {
    /// There is a table or a message in it.
    case read(ParsedAnswer)
    /// There is neither; another round with the model may help.
    case unreadable(UnreadableAnswer)
}
