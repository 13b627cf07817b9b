/// One cell of a sheet in A1 notation: `A1`, `$XFD$1048576`. Lowercase letters and `$` are accepted and not kept.
/// The bounds are those of the xlsx format (ECMA-376): 16 384 columns, 1 048 576 rows.
public struct CellReference: Sendable, Hashable {
    /// The last row's number.
    public static let maximumRow = 1_048_576
    /// The last column's number (`XFD`).
    public static let maximumColumn = 16_384

    /// From 1 (column A) to `maximumColumn`.
    public let column: Int
    /// From 1 to `maximumRow`.
    public let row: Int

    /// Nil when a coordinate is out of bounds.
    public init?(column: Int, row: Int) {
        guard (1...Self.maximumColumn).contains(column), (1...Self.maximumRow).contains(row) else { return nil }
        self.column = column
        self.row = row
    }

    /// Reads `B7` or `$B$7`; nil for anything else.
    public init?(_ text: String) {
        var scanner = A1Scanner(text)
        guard let column = scanner.column(), let row = scanner.row(), scanner.isAtEnd else { return nil }
        self.init(column: column, row: row)
    }

    /// The letters of a column, `A` for 1, `AA` for 27. The number must be positive.
    public static func letters(ofColumn column: Int) -> String {
        precondition(column >= 1, "columns are numbered from 1")
        var letters = ""
        var rest = column
        while rest > 0 {
            letters = String(Unicode.Scalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}

extension CellReference: CustomStringConvertible {
    /// `B7`, without `$`.
    public var description: String { Self.letters(ofColumn: column) + String(row) }
}
