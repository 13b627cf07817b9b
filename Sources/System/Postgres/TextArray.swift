/// An array of texts in the binary form of PostgreSQL (`array_send` and `array_recv` in its source, arrayfuncs.c): no
/// element has to be quoted here and taken apart there.
public struct TextArray: Sendable {
    private(set) var bytes: [UInt8]

    /// The type of the elements, in every PostgreSQL (pg_type.dat).
    private static let textType: UInt32 = 25

    /// An empty array that is to get `count` elements of `bytes` bytes in all.
    init(count: Int, bytes expected: Int) {
        bytes = []
        bytes.reserveCapacity(20 + 4 * count + expected)
        append(count == 0 ? 0 : 1)  // dimensions
        append(1)  // there may be NULLs
        append(Self.textType)
        guard count > 0 else { return }
        append(UInt32(count))
        append(1)  // the first index
    }

    /// Appends one of the announced elements; nil is NULL.
    mutating func append(_ element: (some Collection<UInt8>)?) {
        guard let element else { return append(UInt32.max) }
        append(UInt32(element.count))
        bytes.append(contentsOf: element)
    }

    private mutating func append(_ number: UInt32) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
