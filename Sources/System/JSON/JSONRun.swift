/// A run of string bytes that stand for themselves: up to the next quote, backslash or control character.
struct JSONRun {
    /// Where the run ends; the length of the bytes if nothing special follows.
    private(set) var end: Int
    private var seen: UInt64 = 0

    /// Whether the run has no byte above 0x7F.
    var isASCII: Bool { seen & Self.highs == 0 }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Looks at eight bytes at a time.
    @inline(__always)
    init(in bytes: UnsafeRawBufferPointer, from start: Int) {
        end = start
        while end + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self))
            let special = Self.special(in: word)
            guard special == 0 else {
                let bits = special.trailingZeroBitCount & ~7
                seen |= word & ((1 << bits) - 1)
                end += bits / 8
                return
            }
            seen |= word
            end += 8
        }
        while end < bytes.count, !Self.isSpecial(bytes[end]) {
            seen |= UInt64(bytes[end])
            end += 1
        }
    }

    static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Copies what stands for itself from `read` to `written` and moves both; ends at a special byte, or where `read`
    /// is beyond `last`, since no eight bytes are left there, or no room. True when it has come to a special byte: that
    /// and what follows it in its word lie behind `written` then.
    @inline(__always)
    static func copy(
        _ text: UnsafeRawBufferPointer, _ read: inout Int, through last: Int,
        to room: UnsafeMutableRawBufferPointer, _ written: inout Int
    ) -> Bool {
        guard let source = text.baseAddress, let target = room.baseAddress else { return false }
        // The usual step does not depend on what was read: the processor goes on meanwhile.
        while read <= last {
            let word = (source + read).loadUnaligned(as: UInt64.self)
            (target + written).storeBytes(of: word, as: UInt64.self)
            let special = special(in: UInt64(littleEndian: word))
            guard special == 0 else {
                read &+= special.trailingZeroBitCount / 8
                written &+= special.trailingZeroBitCount / 8
                return true
            }
            read &+= 8
            written &+= 8
        }
        return false
    }

    /// The high bit of each special byte. Borrows can set further bits, but only above the first one.
    @inline(__always)
    private static func special(in word: UInt64) -> UInt64 {
        let quote = (word ^ (ones &* 0x22)) &- ones
        let backslash = (word ^ (ones &* 0x5C)) &- ones
        let control = word &- ones &* 0x20
        return (quote | backslash | control) & ~word & highs
    }
}
