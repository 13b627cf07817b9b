/// A set of ASCII bytes as two words, so that membership is a shift and a mask with no table to fetch.
struct ByteSet: Sendable {
    private let low: UInt64
    private let high: UInt64

    @inline(__always)
    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let word = byte < 64 ? low : high
        return byte < 128 && (word &>> UInt64(byte & 63)) & 1 != 0
    }
}

/// The sets as literal words: computed ones would cost a once-check at every use. A test spells them out.
extension ByteSet {
    /// DIGIT.
    @inline(__always)
    static var digit: ByteSet {
        ByteSet(low: 0x03FF_0000_0000_0000, high: 0x0000_0000_0000_0000)
    }

    /// HEXDIG in both cases.
    @inline(__always)
    static var hexDigit: ByteSet {
        ByteSet(low: 0x03FF_0000_0000_0000, high: 0x0000_007E_0000_007E)
    }

    /// `tchar`, RFC 9110 §5.6.2.
    @inline(__always)
    static var token: ByteSet {
        ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    }

    /// `unreserved` and `sub-delims`, RFC 3986 §2: what a registered name is made of, besides percent-encodings.
    @inline(__always)
    static var registeredName: ByteSet {
        ByteSet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    }

    /// What stands between the brackets of an IPv6 address.
    @inline(__always)
    static var ipLiteral: ByteSet {
        ByteSet(low: 0x07FF_4000_0000_0000, high: 0x0000_007E_0000_007E)
    }

    /// Visible ASCII without `#`: wider than RFC 3986, because browsers leave `|`, `"` and the like as they are.
    @inline(__always)
    static var target: ByteSet {
        ByteSet(low: 0xFFFF_FFF6_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF)
    }
}
