import JSON

/// As much of a table as a token budget allows, as lines for a prompt: the first line, then first and last rows.
/// Rows are kept whole or left out. Lines are made only while they fit, so that a huge table costs no more than its
/// excerpt.
struct TableExcerpt {
    /// The first line (header or first row) and the first rows after it.
    private(set) var head: [CostedText] = []
    /// The last rows.
    private(set) var tail: [CostedText] = []
    /// Rows between `head` and `tail` that were left out.
    private(set) var omittedRows = 0
    /// What the lines cost.
    private(set) var tokens = 0

    /// Of the budget that a table overruns, two thirds go to its beginning: there the columns explain themselves.
    private static let headShare = (numerator: 2, denominator: 3)

    /// An excerpt without a single row, for measuring the words around it.
    init(omittingAll rows: Int) {
        omittedRows = rows
    }

    init(_ table: SourceTable, tokenBudget: Int) {
        var rest = table.rows[...]
        let first = table.header.map { $0.map(JSONValue.string) } ?? rest.popFirst()
        guard let first, let line = Line(first, within: tokenBudget) else {
            omittedRows = table.lineCount
            return
        }
        head = [line.text]
        tokens = line.tokens
        let rows = Self.lines(of: rest, within: tokenBudget - tokens)
        if rows.count == rest.count {
            takeHead(rows)
            return
        }
        let share = (tokenBudget - tokens) * Self.headShare.numerator / Self.headShare.denominator
        takeHead(Self.prefix(of: rows, within: share))
        rest = rest.dropFirst(head.count - 1)
        let last = Self.lines(of: rest.reversed(), within: tokenBudget - tokens)
        tail = last.reversed().map { $0.text }
        tokens += last.reduce(0) { $0 + $1.tokens }
        omittedRows = rest.count - tail.count
    }

    private mutating func takeHead(_ lines: [Line]) {
        head += lines.map { $0.text }
        tokens += lines.reduce(0) { $0 + $1.tokens }
    }

    /// The lines of the rows from the first on that fit together.
    private static func lines(of rows: some Sequence<[JSONValue]>, within budget: Int) -> [Line] {
        var lines: [Line] = []
        var left = budget
        for row in rows {
            guard let line = Line(row, within: left) else { break }
            left -= line.tokens
            lines.append(line)
        }
        return lines
    }

    private static func prefix(of lines: [Line], within budget: Int) -> [Line] {
        var left = budget
        return Array(
            lines.prefix { line in
                left -= line.tokens
                return left >= 0
            })
    }

    private struct Line {
        let text: CostedText
        let tokens: Int

        /// Nil when the row costs more than `budget`. The line end costs one token.
        init?(_ row: [JSONValue], within budget: Int) {
            text = CostedText(DataLine.line(row))
            tokens = text.tokens + 1
            guard tokens <= budget else { return nil }
        }
    }
}
