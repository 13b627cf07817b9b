public import JSON

extension SourceTable {
    /// Reads `input_data`: an array of arrays of scalars, an array of objects of scalars (they become a header and
    /// rows, where a missing key is null), or null (an empty table). Throws every fault found, up to a bound.
    public init(inputData: JSONValue) throws(SourceTableError) {
        var reader = SourceTableReader()
        self = reader.read(inputData)
        guard reader.faults.isEmpty else { throw SourceTableError(faults: reader.faults) }
    }
}

/// Collects faults while it reads; the table is of use only when there are none.
private struct SourceTableReader {
    typealias Fault = SourceTableError.Fault
    private(set) var faults: [Fault] = []
    private var columnOfKey: [String: Int] = [:]
    private var header: [String] = []
    private var isTooLarge = false

    mutating func read(_ input: JSONValue) -> SourceTable {
        if case .null = input { return SourceTable(rows: []) }
        guard case .array(let elements) = input else {
            report([], .rows, input)
            return SourceTable(rows: [])
        }
        guard elements.count <= SourceTable.maximumRows else {
            report([], .rowsAtMost(SourceTable.maximumRows), input)
            return SourceTable(rows: [])
        }
        if case .object = elements.first {
            guard elements.count < SourceTable.maximumRows else {
                report([], .rowsAtMost(SourceTable.maximumRows - 1), input)
                return SourceTable(rows: [])
            }
            return readObjects(elements)
        }
        return readArrays(elements)
    }

    private mutating func readArrays(_ elements: [JSONValue]) -> SourceTable {
        var rows: [[JSONValue]] = []
        var cells = 0
        for (index, element) in elements.enumerated() where hasRoom {
            guard case .array(let row) = element else {
                report([.index(index)], index == 0 ? .row : .arrayLikeFirstRow, element)
                continue
            }
            cells += row.count
            checkSize(columns: row.count, cells: cells, at: index, element)
            for (column, cell) in row.enumerated() where !cell.isScalar {
                report([.index(index), .index(column)], .scalar, cell)
            }
            rows.append(row)
        }
        return SourceTable(rows: rows)
    }

    private mutating func readObjects(_ elements: [JSONValue]) -> SourceTable {
        var rows: [[JSONValue]] = []
        var sent = 0
        for (index, element) in elements.enumerated() where hasRoom {
            guard case .object(let object) = element else {
                report([.index(index)], .objectLikeFirstRow, element)
                continue
            }
            var row = [JSONValue](repeating: .null, count: header.count)
            for (key, cell) in object {
                if !cell.isScalar { report([.index(index), .key(key)], .scalar, cell) }
                place(cell, underKey: key, in: &row)
            }
            sent += object.count
            // The header becomes a row as well, when the table is stored.
            checkSize(columns: header.count, cells: header.count * (elements.count + 1), at: index, element)
            checkFilling(cells: header.count * (index + 2), sent: sent)
            rows.append(row)
        }
        for index in rows.indices where rows[index].count < header.count && faults.isEmpty {
            rows[index] += [JSONValue](repeating: .null, count: header.count - rows[index].count)
        }
        return SourceTable(header: header, rows: rows)
    }

    private mutating func place(_ cell: JSONValue, underKey key: String, in row: inout [JSONValue]) {
        if let column = columnOfKey[key] {
            row[column] = cell
            return
        }
        columnOfKey[key] = header.count
        header.append(key)
        row.append(cell)
    }

    private var hasRoom: Bool { faults.count < SourceTableError.maximumFaults && !isTooLarge }

    private mutating func checkSize(columns: Int, cells: Int, at index: Int, _ element: JSONValue) {
        if columns > SourceTable.maximumColumns {
            report([.index(index)], .columnsAtMost(SourceTable.maximumColumns), element)
        }
        if cells > SourceTable.maximumCells {
            report([], .cellsAtMost(SourceTable.maximumCells), .array([]))
            isTooLarge = true
        }
    }

    /// Objects that share no keys make a table that grows with the square of the input: some kilobytes would become
    /// millions of cells.
    private mutating func checkFilling(cells: Int, sent: Int) {
        let limit = max(SourceTable.cellsBeforeFilling, SourceTable.maximumFilling * sent)
        guard cells > limit else { return }
        report([], .cellsAtMost(limit), .array([]))
        isTooLarge = true
    }

    private mutating func report(
        _ location: [SourceTableError.Step], _ expected: SourceTableError.Expectation, _ found: JSONValue
    ) {
        guard hasRoom else { return }
        faults.append(Fault(location: location, expected: expected, found: found.kindName))
    }
}

extension JSONValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .array, .object: false
        case .null, .bool, .integer, .decimal, .string: true
        }
    }
}
