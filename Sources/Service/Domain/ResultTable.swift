public import JSON

/// The table of an answer, an array of rows of scalars: as JSON for whoever reads it, and its texts beside that where
/// a store may rather have those. A value; its texts share what the answer's own held.
public struct ResultTable: Sendable {
    /// The table as JSON.
    public let json: JSONText
    /// Where they are few and long; nil otherwise, and for a table with cells of other kinds.
    public let texts: Texts?

    /// Cells of a table that has nothing but texts and nulls, in rows of one length.
    public struct Texts: Sendable {
        /// Row by row; nil is null.
        public let cells: [String?]
        /// How many cells each row has; at least one.
        public let columns: Int
        /// How many rows there are; at least one.
        public var rows: Int { cells.count / columns }
    }

    private static let maximumTexts = 32
    private static let minimumBytesPerText = 64
    private static let maximumBytesOfTexts = 64 << 10

    /// The table that `value` holds.
    public init(_ value: JSONValue) {
        json = JSONText(value)
        texts = Self.texts(of: value, bytes: json.bytes.count)
    }

    /// A table that was stored, as it was stored.
    public init(stored json: JSONText) {
        self.json = json
        texts = nil
    }

    /// About what it takes in memory.
    var bytes: Int { texts == nil ? json.bytes.count : 2 * json.bytes.count }

    private static func texts(of value: JSONValue, bytes: Int) -> Texts? {
        let most = min(maximumTexts, bytes / minimumBytesPerText)
        guard bytes <= maximumBytesOfTexts, case .array(let rows) = value, case .array(let first)? = rows.first,
            !first.isEmpty, rows.count * first.count <= most
        else { return nil }
        var cells: [String?] = []
        cells.reserveCapacity(rows.count * first.count)
        for row in rows {
            guard case .array(let row) = row, row.count == first.count else { return nil }
            for cell in row {
                switch cell {
                case .string(let text): cells.append(text)
                case .null: cells.append(nil)
                default: return nil
                }
            }
        }
        return Texts(cells: cells, columns: first.count)
    }
}

extension ResultTable: JSONWritable {
    /// Appends the table as JSON.
    public func write(to writer: inout JSONWriter) { json.write(to: &writer) }
}

extension ResultTable: Equatable {
    /// Whether both say the same; see `JSONText`.
    public static func == (left: ResultTable, right: ResultTable) -> Bool { left.json == right.json }
}

extension ResultTable: ExpressibleByArrayLiteral {
    /// The table with these rows.
    public init(arrayLiteral rows: JSONValue...) { self.init(.array(rows)) }
}
