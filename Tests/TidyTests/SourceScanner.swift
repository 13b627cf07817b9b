/// Splits Swift text into lines of code and comment, well enough for the rules.
///
/// It knows nested comments and plain, multi-line, raw and interpolated strings. It does not know regular expression
/// literals: one with a quotation mark in it hides the rest of its line.
struct SourceScanner {
    private enum Mode {
        /// Code; inside an interpolation it ends with the parenthesis that brings the count to zero.
        case code(openParentheses: Int)
        case lineComment
        case blockComment
        case string(quotes: Int, hashes: Int)
    }

    private let text: [Character]
    private var position = 0
    private var modes: [Mode] = [.code(openParentheses: 0)]
    private var line = SourceLine()
    private var lines: [SourceLine] = []

    /// The lines of `text`; a final line break opens no further line.
    static func lines(of text: String) -> [SourceLine] {
        var scanner = Self(text: Array(text))
        return scanner.scan()
    }

    private init(text: [Character]) {
        self.text = text
    }

    private mutating func scan() -> [SourceLine] {
        while position < text.count {
            if text[position].isNewline {
                endLine()
            } else {
                step()
            }
        }
        if !line.text.isEmpty { lines.append(line) }
        return lines
    }

    private mutating func endLine() {
        lines.append(line)
        line = SourceLine()
        position += 1
        switch modes.last {
        case .lineComment, .string(quotes: 1, hashes: _): modes.removeLast()
        default: break
        }
    }

    private mutating func step() {
        switch modes.last {
        case .lineComment: takeComment()
        case .blockComment: stepBlockComment()
        case .string(let quotes, let hashes): stepString(quotes, hashes)
        case .code(let openParentheses): stepCode(openParentheses)
        case nil: takeCode()
        }
    }

    private mutating func stepBlockComment() {
        if starts(with: "*/") {
            modes.removeLast()
            takeBlank(2)
        } else if starts(with: "/*") {
            modes.append(.blockComment)
            takeBlank(2)
        } else {
            takeComment()
        }
    }

    private mutating func stepString(_ quotes: Int, _ hashes: Int) {
        let fence = String(repeating: "#", count: hashes)
        if starts(with: String(repeating: "\"", count: quotes) + fence) {
            modes.removeLast()
            takeBlank(quotes + hashes)
        } else if starts(with: "\\" + fence + "(") {
            modes.append(.code(openParentheses: 1))
            takeBlank(hashes + 2)
        } else if starts(with: "\\" + fence) {
            // The escaped character, unless it is the line break that a multi-line string may escape.
            takeBlank(hashes + 1)
            if position < text.count, !text[position].isNewline { takeBlank(1) }
        } else {
            takeBlank(1)
        }
    }

    private mutating func stepCode(_ openParentheses: Int) {
        if starts(with: "//") {
            modes.append(.lineComment)
            takeBlank(2)
        } else if starts(with: "/*") {
            modes.append(.blockComment)
            takeBlank(2)
        } else if let opening = stringOpening() {
            modes.append(.string(quotes: opening.quotes, hashes: opening.hashes))
            takeBlank(opening.quotes + opening.hashes)
        } else if openParentheses > 0 {
            stepInterpolation(openParentheses)
        } else {
            takeCode()
        }
    }

    private mutating func stepInterpolation(_ open: Int) {
        let now = open + (text[position] == "(" ? 1 : text[position] == ")" ? -1 : 0)
        modes.removeLast()
        if now > 0 {
            modes.append(.code(openParentheses: now))
            takeCode()
        } else {
            takeBlank(1)
        }
    }

    private func stringOpening() -> (quotes: Int, hashes: Int)? {
        let hashes = text[position...].prefix { $0 == "#" }.count
        let quotes = text[(position + hashes)...].prefix { $0 == "\"" }.count
        return quotes == 0 ? nil : (quotes >= 3 ? 3 : 1, hashes)
    }

    private func starts(with token: String) -> Bool {
        text[position...].starts(with: token)
    }

    private mutating func takeCode() {
        line.code.append(text[position])
        line.text.append(text[position])
        position += 1
    }

    private mutating func takeComment() {
        line.comment.append(text[position])
        takeBlank(1)
    }

    private mutating func takeBlank(_ count: Int) {
        for _ in 0..<min(count, text.count - position) {
            line.text.append(text[position])
            line.code.append(" ")
            position += 1
        }
    }
}
