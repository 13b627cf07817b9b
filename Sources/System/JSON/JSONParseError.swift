/// Why and where a text is not JSON.
public struct JSONParseError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let reason: Reason
    /// The place of the fault in bytes from the start; the length of the text if it ends too early.
    public let offset: Int
    /// The line of the fault, from 1; lines end with a line feed.
    public let line: Int
    /// The place of the fault in its line, from 1, in Unicode scalars.
    public let column: Int

    /// For a person: `line 3, column 14: expected ',' or ']'`.
    public var description: String {
        "line \(line), column \(column): \(reason.rawValue)"
    }

    /// What is wrong with a text; the raw value says it in English.
    public enum Reason: String, Sendable, CaseIterable {
        /// The text ends inside a value, or is empty.
        case unexpectedEnd = "unexpected end of text"
        /// No JSON value starts with this byte.
        case expectedValue = "expected a value"
        /// `true`, `false` or `null` is misspelt.
        case invalidLiteral = "expected true, false or null"
        /// A number against the grammar: a leading zero or plus, a missing digit.
        case invalidNumber = "malformed number"
        /// After `{`.
        case expectedKeyOrObjectEnd = "expected a key in double quotes or '}'"
        /// After a comma in an object.
        case expectedKey = "expected a key in double quotes"
        /// After a key.
        case expectedColon = "expected ':'"
        /// After a member.
        case expectedCommaOrObjectEnd = "expected ',' or '}'"
        /// After an element.
        case expectedCommaOrArrayEnd = "expected ',' or ']'"
        /// A byte below 0x20 in a string, where only its escape is allowed.
        case controlCharacterInString = "unescaped control character in string"
        /// A backslash before a character that cannot be escaped.
        case invalidEscape = "unknown escape sequence"
        /// `\u` without four hexadecimal digits.
        case invalidUnicodeEscape = "expected four hexadecimal digits after \\u"
        /// Half of a surrogate pair, which is no Unicode scalar.
        case loneSurrogate = "unpaired surrogate escape"
        /// The bytes are not UTF-8. This is looked for first, in the whole text.
        case invalidUTF8 = "invalid UTF-8"
        /// A byte order mark, which RFC 8259 forbids to send.
        case byteOrderMark = "byte order mark before the text"
        /// Arrays and objects are nested deeper than the parser's limit.
        case tooDeep = "nested too deeply"
        /// Something other than white space follows the value.
        case trailingContent = "unexpected content after the value"
    }
}
