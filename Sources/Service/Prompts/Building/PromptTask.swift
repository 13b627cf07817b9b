/// What the model is asked to do, and on what.
public struct PromptTask: Sendable {
    /// The user's words.
    public let text: String
    /// The cells to work on; nil or empty when there are none.
    public let source: SourceTable?
    /// Where the cells come from, as the client named it: A1 notation or any text.
    public let sourceRange: String?
    /// Where the result is to go, likewise.
    public let outputRange: String?
    /// The day the model shall take for today.
    public let date: CalendarDay

    /// A task from its parts.
    public init(
        text: String, source: SourceTable? = nil, sourceRange: String? = nil, outputRange: String? = nil,
        date: CalendarDay
    ) {
        self.text = text
        self.source = source
        self.sourceRange = sourceRange
        self.outputRange = outputRange
        self.date = date
    }
}
