/// An array in the binary form of PostgreSQL (`array_send` and `array_recv` in its source, arrayfuncs.c): no element
/// has to be quoted here, or written in digits, and taken apart there.
public struct BinaryArray: Sendable {
    /// What its elements are. The numbers are the same in every PostgreSQL (pg_type.dat).
    enum Element: UInt32 {
        case bigint = 20
        case text = 25
        case uuid = 2950
    }

    private(set) var bytes: [UInt8]

    /// An empty array that is to get `count` elements of `bytes` bytes in all.
    init(of element: Element, count: Int, bytes expected: Int) {
        self.init(of: element, sizes: [count], bytes: expected)
    }

    /// An empty table that is to get `rows` times `columns` elements, row by row.
    init(of element: Element, rows: Int, columns: Int, bytes expected: Int) {
        self.init(of: element, sizes: [rows, columns], bytes: expected)
    }

    private init(of element: Element, sizes: [Int], bytes expected: Int) {
        let count = sizes.reduce(1, *)
        bytes = []
        bytes.reserveCapacity(12 + 8 * sizes.count + 4 * count + expected)
        appendHeader(count == 0 ? 0 : UInt32(sizes.count))  // dimensions
        appendHeader(1)  // there may be NULLs
        appendHeader(element.rawValue)
        guard count > 0 else { return }
        for size in sizes {
            appendHeader(UInt32(size))
            appendHeader(1)  // the first index
        }
    }

    /// Appends one of the announced elements; nil is NULL.
    mutating func append(_ element: (some Collection<UInt8>)?) {
        guard let element else { return appendNull() }
        appendHeader(UInt32(element.count))
        bytes.append(contentsOf: element)
    }

    /// Appends one of the announced numbers.
    mutating func append(_ number: Int64) {
        appendHeader(8)
        appendBytes(of: number)
    }

    /// Appends one of the announced ids, most significant half first.
    mutating func append(_ id: (high: UInt64, low: UInt64)) {
        appendHeader(16)
        appendBytes(of: id.high)
        appendBytes(of: id.low)
    }

    /// Appends a NULL in place of one of the announced elements.
    mutating func appendNull() {
        appendHeader(.max)
    }

    /// The array's numbers and the lengths of its elements.
    private mutating func appendHeader(_ number: UInt32) {
        appendBytes(of: number)
    }

    private mutating func appendBytes(of number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
