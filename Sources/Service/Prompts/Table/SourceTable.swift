public import JSON

/// The cells a job works on, whichever of the two forms they came in. Every cell is a scalar.
public struct SourceTable: Sendable, Equatable {
    /// The most rows taken, as many as a sheet has.
    public static let maximumRows = CellReference.maximumRow
    /// The most columns taken, as many as a sheet has.
    public static let maximumColumns = CellReference.maximumColumn
    /// The most cells taken.
    public static let maximumCells = 2_000_000
    /// How many cells a table of objects may have, with those that are filled up because a key is missing, for each
    /// cell that was sent; tables up to `cellsBeforeFilling` cells may have any number.
    public static let maximumFilling = 8
    /// The size up to which nobody counts how many cells were filled up.
    public static let cellsBeforeFilling = 65_536

    /// Column names, when the input was an array of objects: their keys in order of first appearance.
    public let header: [String]?
    /// The rows without `header`. Rows of an array of arrays keep their own lengths.
    public let rows: [[JSONValue]]

    /// A table from cells that are known to be scalars.
    public init(header: [String]? = nil, rows: [[JSONValue]]) {
        self.header = header
        self.rows = rows
    }

    /// Whether there is nothing in it, not even a header.
    public var isEmpty: Bool { rows.isEmpty && header == nil }

    /// The rows and the header.
    public var lineCount: Int { rows.count + (header == nil ? 0 : 1) }

    /// The length of the longest line.
    public var columnCount: Int { max(header?.count ?? 0, rows.reduce(0) { max($0, $1.count) }) }
}
