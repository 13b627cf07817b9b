/// Why nothing could be taken from an answer.
public enum UnreadableAnswer: String, Error, Sendable, Equatable {
    /// Blanks only, or an empty code block.
    case empty
    /// A table that stops before its first whole row.
    case cutOff
    /// It begins like a table and is none.
    case malformed
    /// Longer than `AnswerParser.maximumBytes`.
    case tooLarge
}
