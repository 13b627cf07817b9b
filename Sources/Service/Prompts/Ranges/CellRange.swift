/// A rectangle of cells in A1 notation: `A1`, `A1:D10`, `Лист1!$A$1:$D$10`, `'Мой лист'!A:C`, `1:3`. Made once where
/// the text comes in, then trusted. Corners in any order are put right; a range that spans all rows is the same as
/// one of whole columns, and the other way round.
public struct CellRange: Sendable, Hashable {
    /// The sheet, when the text names one.
    public let sheet: SheetName?
    /// Column numbers, from 1 to `CellReference.maximumColumn`.
    public let columns: ClosedRange<Int>
    /// Row numbers, from 1 to `CellReference.maximumRow`.
    public let rows: ClosedRange<Int>

    private static let allColumns = 1...CellReference.maximumColumn
    private static let allRows = 1...CellReference.maximumRow

    /// The rectangle between two opposite corners.
    public init(_ corner: CellReference, _ opposite: CellReference, sheet: SheetName? = nil) {
        self.sheet = sheet
        columns = Self.ordered(corner.column, opposite.column)
        rows = Self.ordered(corner.row, opposite.row)
    }

    /// Reads A1 notation, with blanks around it allowed; nil for anything else.
    public init?(_ text: String) {
        let reference = text.trimmingBlanks()
        var cells = Substring(reference)
        if let mark = reference.lastIndex(of: "!") {
            guard let sheet = SheetName(reference: reference[..<mark]) else { return nil }
            self.sheet = sheet
            cells = reference[reference.index(after: mark)...]
        } else {
            sheet = nil
        }
        guard let rectangle = Self.rectangle(cells) else { return nil }
        columns = rectangle.columns
        rows = rectangle.rows
    }

    /// How many rows the range has.
    public var rowCount: Int { rows.count }
    /// How many columns the range has.
    public var columnCount: Int { columns.count }
    /// Whether the range has no bounds downwards or to the right, so that its size says nothing about the table.
    public var isUnbounded: Bool { rows == Self.allRows || columns == Self.allColumns }

    private static func rectangle(_ text: Substring) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
        var scanner = A1Scanner(text)
        let colon = UInt8(ascii: ":")
        if let column = scanner.column() {
            guard let row = scanner.row() else {
                guard scanner.skip(colon), let last = scanner.column(), scanner.isAtEnd else { return nil }
                return (ordered(column, last), allRows)
            }
            if scanner.isAtEnd { return (column...column, row...row) }
            guard scanner.skip(colon), let lastColumn = scanner.column(), let lastRow = scanner.row(),
                scanner.isAtEnd
            else { return nil }
            return (ordered(column, lastColumn), ordered(row, lastRow))
        }
        guard let row = scanner.row(), scanner.skip(colon), let last = scanner.row(), scanner.isAtEnd else {
            return nil
        }
        return (allColumns, ordered(row, last))
    }

    private static func ordered(_ first: Int, _ second: Int) -> ClosedRange<Int> {
        min(first, second)...max(first, second)
    }
}

extension CellRange: CustomStringConvertible {
    /// The shortest A1 text that reads back as the same range.
    public var description: String {
        guard let sheet else { return cells }
        return "\(sheet)!\(cells)"
    }

    private var cells: String {
        let first = CellReference.letters(ofColumn: columns.lowerBound)
        let last = CellReference.letters(ofColumn: columns.upperBound)
        if rows == Self.allRows { return first + ":" + last }
        let (top, bottom) = (String(rows.lowerBound), String(rows.upperBound))
        if columns == Self.allColumns { return top + ":" + bottom }
        return columns.count == 1 && rows.count == 1 ? first + top : first + top + ":" + last + bottom
    }
}
