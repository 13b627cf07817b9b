import Domain
import JSON
import Postgres

/// The results of some ends as parameters of `Statements.finish`: most as JSON, those with long texts as their cells.
///
/// PostgreSQL up to version 15 reads JSON letter by letter (`json_lex_string` in its source, jsonapi.c), which was half
/// of what it did for an end of 7 kB. Of cells it makes JSON by copying them. It walks to them from the statement's
/// first cell on, so there may be few.
struct ResultColumns {
    /// Most cells of all results, those included that fill up the rows of narrow ones.
    static let maximumCells = 2048

    /// The results that travel as JSON.
    private(set) var texts: [[UInt8]?] = []
    /// The others.
    private var tables: [ResultTable.Texts] = []
    /// The rows of all `tables`, one below the other, and how wide the widest is.
    private(set) var rowCount = 0
    private(set) var width = 0
    /// Where there each result lies, rows from 1; nil for those that travel as JSON.
    private var places: [(first: Int, last: Int, width: Int)?] = []

    init(_ results: [ResultTable?]) {
        for result in results {
            if let table = result?.texts, hasRoom(for: table) {
                texts.append(nil)
                add(table)
            } else {
                texts.append(result?.json.bytes)
                places.append(nil)
            }
        }
    }

    private mutating func add(_ table: ResultTable.Texts) {
        places.append((rowCount + 1, rowCount + table.rows, table.columns))
        rowCount += table.rows
        width = max(width, table.columns)
        tables.append(table)
    }

    private func hasRoom(for table: ResultTable.Texts) -> Bool {
        (rowCount + table.rows) * max(width, table.columns) <= Self.maximumCells
    }

    /// A `text[]` of JSON; NULL for results that are cells.
    var json: PostgresValue { .utf8Texts(texts) }

    /// A `text[][]` of all cells, as wide as the widest table, and for each result its first and its last row and its
    /// width as `bigint[]`; NULL for results that are JSON.
    var cells: [PostgresValue] {
        [
            rows, .optionalBigints(places.map { $0?.first }), .optionalBigints(places.map { $0?.last }),
            .optionalBigints(places.map { $0?.width }),
        ]
    }

    private var rows: PostgresValue {
        guard !tables.isEmpty else { return .null }
        var cells: [String?] = []
        cells.reserveCapacity(rowCount * width)
        for table in tables {
            for start in stride(from: 0, to: table.cells.count, by: table.columns) {
                cells.append(contentsOf: table.cells[start..<start + table.columns])
                cells.append(contentsOf: repeatElement(nil, count: width - table.columns))
            }
        }
        return .textRows(cells, columns: width)
    }
}
