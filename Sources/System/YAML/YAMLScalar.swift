/// A scalar: its text after folding and unescaping, and whether it was quoted.
public struct YAMLScalar: Sendable, Equatable {
    /// The text; for a plain scalar its meaning (number, boolean, null) is the reader's business.
    public let text: String
    /// Whether it was written without quotes and block indicator.
    public let isPlain: Bool
    /// The line it starts on, from 1.
    public let line: Int

    /// A scalar as read.
    public init(text: String, isPlain: Bool, line: Int) {
        self.text = text
        self.isPlain = isPlain
        self.line = line
    }

    /// Whether it is null in the core schema (YAML 1.2.2, section 10.3.2): plain and empty, `~` or `null`.
    public var isNull: Bool {
        isPlain && ["", "~", "null", "Null", "NULL"].contains(text)
    }
}
