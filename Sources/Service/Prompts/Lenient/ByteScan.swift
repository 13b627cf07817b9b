/// Looks for any of two or three bytes, eight at a time.
struct ByteScan {
    private let wanted: (UInt8, UInt8, UInt8)
    private let words: (UInt64, UInt64, UInt64)
    private let hasThird: Bool

    /// A one in each byte.
    static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// A search for these bytes.
    init(_ first: UInt8, _ second: UInt8, _ third: UInt8? = nil) {
        wanted = (first, second, third ?? second)
        words = (UInt64(wanted.0) &* Self.ones, UInt64(wanted.1) &* Self.ones, UInt64(wanted.2) &* Self.ones)
        hasThird = third != nil
    }

    /// Where the first of them is at `start` or behind it; the number of bytes when there is none.
    func first(in bytes: [UInt8], from start: Int) -> Int {
        bytes.withUnsafeBytes { bytes in
            guard hasThird else {
                return first(in: bytes, start) { Self.zeros($0 ^ words.0) | Self.zeros($0 ^ words.1) }
            }
            return first(in: bytes, start) {
                Self.zeros($0 ^ words.0) | Self.zeros($0 ^ words.1) | Self.zeros($0 ^ words.2)
            }
        }
    }

    @inline(__always)
    private func first(in bytes: UnsafeRawBufferPointer, _ start: Int, _ places: (UInt64) -> UInt64) -> Int {
        var index = start
        let lastWord = bytes.count - 8
        while index <= lastWord {
            let found = places(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < bytes.count, bytes[index] != wanted.0, bytes[index] != wanted.1, bytes[index] != wanted.2 {
            index &+= 1
        }
        return index
    }

    /// The high bit of each byte that is zero. Borrows can set further bits, but only above the first one.
    @inline(__always)
    static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }
}
