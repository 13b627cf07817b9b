public import JSON

/// Where a result goes. The rule:
///
/// 1. The range that was asked for counts by its upper left corner; its size becomes that of the result. A text that
///    is no range is passed on as it is.
/// 2. If none was asked for, the result goes next to the source, on the source's sheet, and never over it:
///    a transformation with as many rows as the source to the right of it, one column between, so that the rows stand
///    side by side; new rows for the source's own columns directly below it; everything else below it, one row
///    between. What does not fit below goes to the right, and the other way round.
/// 3. Without a source range nobody knows a free place: there is no range, and the client takes the active cell.
public enum OutputPlacement {
    /// The range of a result. `source` is the source range as the client named it, `table` the cells that came from
    /// there: they may reach further than a range of one cell says. Nil when there are no cells or no place.
    public static func range(
        ofResult rows: [[JSONValue]], category: String, wished: String?, source: String?, table: SourceTable?
    ) -> String? {
        guard let size = ResultShape(rows) else { return nil }
        if let wished, !wished.trimmingBlanks().isEmpty {
            guard let range = CellRange(wished) else { return wished }
            return size.range(at: range)?.description
        }
        guard let source = source.flatMap(CellRange.init) else { return nil }
        let area = Area(source, table)
        for place in places(rows, size, category, area, table) {
            if let range = size.range(atColumn: place.column, row: place.row, sheet: source.sheet) {
                return range.description
            }
        }
        return nil
    }

    /// In order of preference.
    private static func places(
        _ rows: [[JSONValue]], _ size: ResultShape, _ category: String, _ area: Area, _ table: SourceTable?
    ) -> [(column: Int, row: Int)] {
        let right = (column: area.lastColumn + 2, row: area.firstRow)
        if category == "transformation", size.rows == area.rows {
            return [right, (area.firstColumn, area.lastRow + 2)]
        }
        let isContinuation = category == "generation" && size.columns == area.columns && !repeatsHeader(rows, table)
        let below = (column: area.firstColumn, row: area.lastRow + (isContinuation ? 1 : 2))
        return [below, right]
    }

    private static func repeatsHeader(_ rows: [[JSONValue]], _ table: SourceTable?) -> Bool {
        guard let table, let first = rows.first else { return false }
        return first == table.header?.map(JSONValue.string) ?? table.rows.first
    }

    /// What the source covers: its range, and at least the cells that came from there.
    private struct Area {
        let firstColumn: Int
        let lastColumn: Int
        let firstRow: Int
        let lastRow: Int

        init(_ range: CellRange, _ table: SourceTable?) {
            firstColumn = range.columns.lowerBound
            firstRow = range.rows.lowerBound
            lastColumn = max(range.columns.upperBound, firstColumn + (table?.columnCount ?? 0) - 1)
            lastRow = max(range.rows.upperBound, firstRow + (table?.lineCount ?? 0) - 1)
        }

        var rows: Int { lastRow - firstRow + 1 }
        var columns: Int { lastColumn - firstColumn + 1 }
    }
}
