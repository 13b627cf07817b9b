/// Where something stands in a head's bytes. Heads are bounded far below 4 GiB, so half a word each is enough.
struct ByteRange: Equatable, Sendable {
    private let start: UInt32
    private let end: UInt32

    @inline(__always)
    init(_ range: Range<Int>) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        end = UInt32(truncatingIfNeeded: range.upperBound)
    }

    /// The most bytes one part of a head can have and still be addressed.
    static let mostBytes = 1 << 30

    @inline(__always)
    var range: Range<Int> { Int(start)..<Int(end) }
    var isEmpty: Bool { start == end }
}
