import JSON

/// A source with one header line, seen as columns. Nil for tables that are not plainly so, or that hold totals of
/// their own: there nobody can say what a sum is.
struct CheckedTable {
    let names: ColumnNames
    let rows: [[JSONValue]]
    /// The numbers of each column that holds nothing but numbers, in every row; nil for the others.
    let numbers: [[Double]?]

    /// `names` are those of the table's header, which are cheap to read: whether its cells are worth it is known by
    /// them.
    init?(_ table: SourceTable, _ names: ColumnNames) {
        let lines = table.header == nil ? table.rows.dropFirst() : table.rows[...]
        guard !lines.isEmpty, lines.allSatisfy({ $0.count <= names.texts.count }) else { return nil }
        self.names = names
        rows = Array(lines)
        numbers = names.texts.indices.map { column in Self.numbers(lines, column) }
        guard !rows.contains(where: Self.isTotal) else { return nil }
    }

    var numericColumns: [Int] { numbers.indices.filter { numbers[$0] != nil } }

    /// The groups of a text column: its value for each row, in the form they are compared in. Nil when one is empty.
    func groups(_ column: Int) -> [String]? {
        var groups: [String] = []
        for row in rows {
            guard column < row.count, case .string(let text) = row[column] else { return nil }
            groups.append(Self.key(text))
        }
        return groups.contains("") ? nil : groups
    }

    /// Without regard to case, blanks and `ё`.
    static func key(_ text: String) -> String {
        text.lowercased().replacing("ё", with: "е").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func numbers(_ rows: ArraySlice<[JSONValue]>, _ column: Int) -> [Double]? {
        var numbers: [Double] = []
        numbers.reserveCapacity(rows.count)
        for row in rows {
            guard column < row.count, let number = CheckedNumber(row[column]) else { return nil }
            numbers.append(number.value)
        }
        return numbers
    }

    /// «Итого», «Всего по отделу», «Average».
    private static func isTotal(_ row: [JSONValue]) -> Bool {
        row.contains { cell in
            guard case .string(let text) = cell, let first = LexicalWord.words(in: text, limit: 1).first else {
                return false
            }
            return CheckWords.aggregate(RussianStemmer.stem(first)) != nil
        }
    }
}
