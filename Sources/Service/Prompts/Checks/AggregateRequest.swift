import JSON

/// What a task asks to be computed, if it is simple enough to be sure.
struct AggregateRequest {
    struct Value: Hashable {
        let aggregate: Aggregate
        /// Nil for a number of rows.
        let column: Int?
        /// In the form of `CheckedTable.key`; nil for the whole table.
        let group: String?
    }

    let aggregates: Set<Aggregate>
    /// Empty when only rows are counted.
    let columns: Set<Int>
    let groupColumn: Int?
    /// The results, and the sum of the absolute numbers in each, which bounds the error of the arithmetic.
    private(set) var values: [Value: (exact: Double, scale: Double)] = [:]

    init?(_ phrase: CheckPhrase, _ table: CheckedTable) {
        guard Self.isPlain(phrase) else { return nil }
        aggregates = phrase.aggregates
        let texts = phrase.columns.filter { table.numbers[$0] == nil }
        let numeric = phrase.columns.subtracting(texts)
        guard texts.count <= 1, Self.isUnambiguous(phrase, numeric, table) else { return nil }
        // A number of orders may be that of the rows, or the sum of a column «Заказы».
        guard numeric.isEmpty || !aggregates.contains(.count) else { return nil }
        groupColumn = texts.first
        if !numeric.isEmpty {
            columns = numeric
        } else if aggregates == [.count] {
            guard groupColumn != nil || phrase.meansRows else { return nil }
            columns = []
        } else {
            guard table.numericColumns.count == 1 || phrase.meansAllColumns else { return nil }
            columns = Set(table.numericColumns)
        }
        guard phrase.meansRows == false || aggregates == [.count] else { return nil }
        guard compute(table) else { return nil }
    }

    /// Several functions, of which one is also a column's name: «средняя сумма» may be one thing or two. And a number
    /// of «количество» may be a sum.
    private static func isPlain(_ phrase: CheckPhrase) -> Bool {
        phrase.ambiguous.isEmpty || phrase.aggregates.count == 1 && phrase.aggregates != [.count]
    }

    /// «Сумма продаж по году»: a column of numbers may be what is grouped by.
    private static func isUnambiguous(_ phrase: CheckPhrase, _ numeric: Set<Int>, _ table: CheckedTable) -> Bool {
        phrase.columnsAfterEach.isDisjoint(with: numeric) || table.numericColumns.count == 1
    }

    private mutating func compute(_ table: CheckedTable) -> Bool {
        var groups: [String?] = Array(repeating: nil, count: table.rows.count)
        if let groupColumn {
            guard let keys = table.groups(groupColumn) else { return false }
            groups = keys
        }
        let rows = Dictionary(grouping: table.rows.indices) { groups[$0] }
        for (group, rows) in rows {
            for aggregate in aggregates {
                for column in columns.isEmpty ? [nil] : columns.map(Optional.init) {
                    let numbers = rows.map { row in column.flatMap { table.numbers[$0]?[row] } ?? 1 }
                    let scale = numbers.reduce(0) { $0 + abs($1) }
                    values[Value(aggregate: aggregate, column: column, group: group)] = (
                        aggregate.value(numbers), scale
                    )
                }
            }
        }
        return true
    }
}
