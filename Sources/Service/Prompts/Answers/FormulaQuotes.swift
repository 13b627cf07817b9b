/// Escapes the quotes that models leave as they are inside formulas: `["=IF(A1="да";"есть")",1]`. Elsewhere it is plain
/// from what follows whether a mark ends a cell; in a formula signs of JSON follow inner marks too. For answers that
/// cannot be read otherwise. Takes linear time.
struct FormulaQuotes {
    private let bytes: [UInt8]
    /// No spreadsheet takes longer ones.
    private static let longestFormula = 8192
    /// How many bytes may be looked at for nothing and then once more.
    private var rereadAllowance: Int

    /// The text with those quotes escaped; nil when there are none.
    static func escaped(_ bytes: [UInt8]) -> [UInt8]? {
        var search = FormulaQuotes(bytes)
        return search.run()
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        rereadAllowance = bytes.count + Self.longestFormula
    }

    private mutating func run() -> [UInt8]? {
        var mended: [UInt8] = []
        var copied = 0
        var index = 0
        while index + 1 < bytes.count {
            guard bytes[index] == Byte.quote, bytes[index + 1] == Byte.equals else {
                index += 1
                continue
            }
            var formula = Formula(bytes: bytes, position: index + 2)
            guard formula.read(upTo: index + Self.longestFormula) else {
                rereadAllowance -= formula.position - index
                index = rereadAllowance >= 0 ? index + 2 : formula.position
                continue
            }
            for mark in formula.innerMarks {
                mended += bytes[copied..<mark] + [Byte.backslash]
                copied = mark
            }
            index = formula.position
        }
        return copied == 0 ? nil : mended + bytes[copied...]
    }
}

/// A formula, read from behind its equals sign to the mark that ends its cell.
private struct Formula {
    let bytes: [UInt8]
    /// At the end of what was read.
    var position: Int
    private(set) var innerMarks: [Int] = []
    private var depth = 0
    private var isInText = false
    /// The last byte outside of texts that is no blank.
    private var last = Byte.equals

    init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    private static let beforeText = Set("=(;,&<>+-*/^{".utf8)

    /// False when this is no formula of one line whose brackets and quotes match.
    mutating func read(upTo limit: Int) -> Bool {
        while position < min(bytes.count, limit) {
            let byte = bytes[position]
            switch byte {
            case Byte.newline, Byte.backslash: return false
            case Byte.quote:
                if !isInText, endsCell(at: position) { return true }
                guard readMark() else { return false }
            default:
                if !isInText { note(byte) }
                guard depth >= 0 else { return false }
            }
            position += 1
        }
        return false
    }

    private mutating func note(_ byte: UInt8) {
        if byte == Byte.openParenthesis { depth += 1 }
        if byte == Byte.closeParenthesis { depth -= 1 }
        if byte != Byte.space { last = byte }
    }

    /// False for a mark where no text of a formula can begin.
    private mutating func readMark() -> Bool {
        innerMarks.append(position)
        guard isInText else {
            isInText = true
            return Self.beforeText.contains(last)
        }
        // Two marks within a text stand for one, unless the second one ends the cell.
        if position + 1 < bytes.count, bytes[position + 1] == Byte.quote, !endsCell(at: position + 1) {
            position += 1
            innerMarks.append(position)
        } else {
            isInText = false
            last = Byte.quote
        }
        return true
    }

    private func endsCell(at mark: Int) -> Bool {
        guard depth == 0 else { return false }
        let scanner = LenientScanner(bytes, at: mark + 1)
        let next = scanner.byte(scanner.endOfWhitespace(from: mark + 1))
        return next == Byte.comma || next == Byte.closeBracket || next == Byte.closeBrace
    }
}
