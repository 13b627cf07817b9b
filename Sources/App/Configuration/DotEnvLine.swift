/// One line of a `.env` file that sets something.
struct DotEnvLine: Equatable {
    let name: String
    let value: String

    /// What is wrong with a line.
    enum Fault: String, Error {
        case nul = "the line has a NUL in it"
        case noEquals = "there is no = after the name"
        case badName = "the name is not made of letters, digits and underscores, with no digit first"
        case openQuote = "the quote is not closed on this line"
        case badEscape = "only \\n \\r \\t \\\" \\\\ and \\$ may follow a backslash in double quotes"
        case trailingText = "there is text after the closing quote"
    }

    /// Nil for an empty line and for a comment.
    init?(_ line: Substring) throws(Fault) {
        guard !line.utf8.contains(0) else { throw .nul }
        var rest = line.drop(while: \.isWhitespace)
        guard let first = rest.first, first != "#" else { return nil }
        if rest.hasPrefix("export"), let next = rest.dropFirst(6).first, next == " " || next == "\t" {
            rest = rest.dropFirst(6).drop(while: \.isWhitespace)
        }
        guard let equals = rest.firstIndex(of: "=") else { throw .noEquals }
        name = String(rest[..<equals]).trimmed
        guard Self.isName(name) else { throw .badName }
        value = try Self.value(rest[rest.index(after: equals)...].drop(while: \.isWhitespace))
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.first, !("0"..."9").contains(first) else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    private static func value(_ text: Substring) throws(Fault) -> String {
        switch text.first {
        case "'": try literal(text.dropFirst())
        case "\"": try escaped(text.dropFirst())
        default: bare(text)
        }
    }

    /// To the end of the line, or to a `#` that follows a space: `a#b` is a value.
    private static func bare(_ text: Substring) -> String {
        var isAfterSpace = true
        let end = text.firstIndex { character in
            defer { isAfterSpace = character.isWhitespace }
            return character == "#" && isAfterSpace
        }
        return String(text[..<(end ?? text.endIndex)]).trimmed
    }

    private static func literal(_ text: Substring) throws(Fault) -> String {
        guard let quote = text.firstIndex(of: "'") else { throw .openQuote }
        try checkTail(text[text.index(after: quote)...])
        return String(text[..<quote])
    }

    private static func escaped(_ text: Substring) throws(Fault) -> String {
        var value = ""
        var rest = text
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                try checkTail(rest)
                return value
            case "\\":
                guard let letter = rest.popFirst() else { throw .openQuote }
                value.append(try unescaped(letter))
            default:
                value.append(character)
            }
        }
        throw .openQuote
    }

    private static func unescaped(_ letter: Character) throws(Fault) -> Character {
        switch letter {
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case "\"", "\\", "$": letter
        default: throw .badEscape
        }
    }

    private static func checkTail(_ text: Substring) throws(Fault) {
        let rest = text.drop(while: \.isWhitespace)
        guard rest.isEmpty || rest.first == "#" else { throw .trailingText }
    }
}
