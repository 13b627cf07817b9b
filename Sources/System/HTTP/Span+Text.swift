extension Span where Element == UInt8 {
    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether exactly these bytes stand at `range`.
    @inline(__always)
    func holds(_ text: StaticString, at range: Range<Int>) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count where self[range.lowerBound + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Whether this text stands at `range` in any case; `text` is lower case already.
    @inline(__always)
    func holds(lowercase text: StaticString, at range: Range<Int>) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count where self[range.lowerBound + offset].lowercased != text.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Whether the bytes at `range` equal all of `other`, ASCII letters in any case.
    func equals(_ other: Span<UInt8>, at range: Range<Int>, ignoringCase: Bool) -> Bool {
        guard range.count == other.count else { return false }
        for offset in 0..<other.count {
            let (left, right) = (self[range.lowerBound + offset], other[offset])
            guard left == right || (ignoringCase && left.lowercased == right.lowercased) else { return false }
        }
        return true
    }

    /// The first position of `byte` in `range`.
    ///
    /// Eight bytes at a time: subtracting one from each byte borrows into its top bit exactly when it was zero, which
    /// the byte wanted is after XOR. A borrow can only spoil bytes above a true hit, and the lowest hit is the one that
    /// counts.
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let (raw, pattern) = (bytes, ones &* UInt64(byte))
        var index = range.lowerBound
        while index &+ 8 <= range.upperBound {
            let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)) ^ pattern
            let hits = (word &- ones) & ~word & tops
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < range.upperBound {
            if self[index] == byte { return index }
            index &+= 1
        }
        return nil
    }

    /// `range` without blanks at its ends.
    @inline(__always)
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start &+= 1 }
        while end > start, self[end &- 1].isBlank { end &-= 1 }
        return start..<end
    }
}
