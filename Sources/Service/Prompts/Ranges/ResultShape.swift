public import JSON

/// The size of a result.
public struct ResultShape: Sendable, Hashable {
    /// How many rows there are; positive.
    public let rows: Int
    /// The length of the longest row; positive.
    public let columns: Int

    /// Nil when there is not a single cell.
    public init?(_ rows: [[JSONValue]]) {
        var longest = 0
        for row in rows { longest = max(longest, row.count) }
        guard longest > 0 else { return nil }
        self.rows = rows.count
        columns = longest
    }

    /// Whether the result fits into a range. One cell is a corner and not a size, so everything fits there.
    public func fits(_ range: CellRange) -> Bool {
        if range.rowCount == 1, range.columnCount == 1 { return true }
        return rows <= range.rowCount && columns <= range.columnCount
    }

    /// What to tell a person about the result when it is larger than the range that was asked for; nil when it fits,
    /// or when `wished` is no range.
    public func warning(wished: String?) -> ResultWarning? {
        guard let range = wished.flatMap(CellRange.init), !fits(range) else { return nil }
        return .largerThanWished(result: self, range: range)
    }

    /// The cells the result takes from the upper left corner of `range` on; nil when the sheet ends before.
    func range(at range: CellRange) -> CellRange? {
        self.range(atColumn: range.columns.lowerBound, row: range.rows.lowerBound, sheet: range.sheet)
    }

    func range(atColumn column: Int, row: Int, sheet: SheetName?) -> CellRange? {
        guard let first = CellReference(column: column, row: row),
            let last = CellReference(column: column + columns - 1, row: row + rows - 1)
        else { return nil }
        return CellRange(first, last, sheet: sheet)
    }
}
