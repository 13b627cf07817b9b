import JSON

/// What all rows of a table say about one column, for a prompt that cannot show all of them. A column of nothing but
/// numbers some of which are texts with a decimal comma («1 234,50») is one of numbers: sheets that were filled by hand
/// or imported have them so.
struct ColumnStatistics {
    private let name: String
    private var filled = 0
    private var numbers = Figures()
    /// The numbers and the texts that read as numbers.
    private var readable = Figures()
    private var hasDecimalComma = false
    private var texts: Set<String> = []

    /// Different texts are counted up to here.
    private static let maximumTexts = 1000
    /// What the cells of a line mean.
    static let legend =
        "столбец, заполнено ячеек, из них чисел, сумма, минимум, максимум чисел, разных текстов (до \(maximumTexts))"

    private struct Figures {
        var count = 0
        var sum = 0.0
        var lowest = Double.infinity
        var highest = -Double.infinity

        mutating func add(_ number: Double) {
            count += 1
            sum += number
            lowest = min(lowest, number)
            highest = max(highest, number)
        }
    }

    private init(name: String) {
        self.name = name
    }

    /// The lines for a table's columns, from the left, that fit into a budget of tokens; whole lines only. The first
    /// line of a table without a header of keys is taken for the header.
    static func lines(_ table: SourceTable, tokenBudget: Int) -> [String] {
        let header = table.header?.map(JSONValue.string) ?? table.rows.first ?? []
        let rows = table.header == nil ? table.rows.dropFirst() : table.rows[...]
        var lines: [String] = []
        var left = tokenBudget
        // Each column costs a pass over all rows, so none is measured that could not be shown.
        for column in header.indices {
            guard left > 0 else { break }
            let line = Self(header[column], rows, column).line
            left -= TokenEstimate.tokens(in: line) + 1
            if left >= 0 { lines.append(line) }
        }
        return lines
    }

    private init(_ name: JSONValue, _ rows: ArraySlice<[JSONValue]>, _ column: Int) {
        if case .string(let text) = name { self.init(name: text) } else { self.init(name: name.description) }
        for row in rows where column < row.count { add(row[column]) }
    }

    private mutating func add(_ cell: JSONValue) {
        switch cell {
        case .null, .string(""): return
        case .string(let text):
            if texts.count < Self.maximumTexts { texts.insert(text) }
            if readable.count == filled, let number = CheckedNumber(text: text) {
                readable.add(number.value)
                hasDecimalComma = hasDecimalComma || text.contains(",")
            }
        case .integer(let integer): add(Double(integer))
        case .decimal(let decimal): add(decimal.doubleValue)
        case .bool, .array, .object: break
        }
        filled += 1
    }

    private mutating func add(_ number: Double) {
        numbers.add(number)
        readable.add(number)
    }

    private var line: String {
        let isOfNumbers = hasDecimalComma && readable.count == filled
        let all = isOfNumbers ? readable : numbers
        let figures: [JSONValue] =
            all.count > 0
            ? [Self.number(all.sum), Self.number(all.lowest), Self.number(all.highest)] : [.null, .null, .null]
        return DataLine.line(
            [.string(name), .integer(filled), .integer(all.count)] + figures
                + [.integer(isOfNumbers ? 0 : texts.count)])
    }

    /// To six places, so that the noise of binary fractions does not show.
    private static func number(_ double: Double) -> JSONValue {
        let rounded = (double * 1e6).rounded() / 1e6
        return Int(exactly: rounded).map(JSONValue.integer) ?? JSONValue(rounded.isFinite ? rounded : double)
    }
}
