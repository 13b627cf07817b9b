public import JSON

/// What a model's answer holds.
public struct ParsedAnswer: Sendable, Equatable {
    /// Rows of cells with their JSON types; formulas are strings that start with `=`. Rows keep the lengths the model
    /// gave them. Empty when the model answered with an empty table, nil when it answered with words.
    public let table: [[JSONValue]]?
    /// The answer in words, when there is no table, or beside it when the model named one.
    public let message: String?
    /// What a person should know about how the answer was read; empty for a well-formed one.
    public let notes: [AnswerNote]

    /// An answer from its parts.
    public init(table: [[JSONValue]]?, message: String? = nil, notes: [AnswerNote] = []) {
        self.table = table
        self.message = message
        self.notes = notes
    }
}
