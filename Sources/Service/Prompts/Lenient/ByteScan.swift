/// Looks for any of three bytes, eight at a time.
struct ByteScan {
    private let wanted: (UInt8, UInt8, UInt8)
    private let words: (UInt64, UInt64, UInt64)

    /// A one in each byte.
    static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// A search for these bytes; the same one may be named twice.
    init(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
        wanted = (first, second, third)
        words = (UInt64(first) &* Self.ones, UInt64(second) &* Self.ones, UInt64(third) &* Self.ones)
    }

    /// Where the first of them is at `start` or behind it; the number of bytes when there is none.
    func first(in bytes: [UInt8], from start: Int) -> Int {
        bytes.withUnsafeBytes { bytes in
            var index = start
            while index + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let found = Self.zeros(word ^ words.0) | Self.zeros(word ^ words.1) | Self.zeros(word ^ words.2)
                if found != 0 { return index + found.trailingZeroBitCount / 8 }
                index += 8
            }
            while index < bytes.count, bytes[index] != wanted.0, bytes[index] != wanted.1, bytes[index] != wanted.2 {
                index += 1
            }
            return index
        }
    }

    /// The high bit of each byte that is zero. Borrows can set further bits, but only above the first one.
    @inline(__always)
    static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }
}
