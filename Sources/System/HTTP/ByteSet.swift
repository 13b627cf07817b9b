/// A set of ASCII bytes as two words, so that membership is a shift and a mask with no table to fetch.
struct ByteSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ bytes: StaticString) {
        let text = UnsafeBufferPointer(start: bytes.utf8Start, count: bytes.utf8CodeUnitCount)
        for byte in text { insert(byte) }
    }

    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let word = byte < 64 ? low : high
        return byte < 128 && (word &>> UInt64(byte & 63)) & 1 != 0
    }

    func union(_ other: ByteSet) -> ByteSet {
        ByteSet(low: low | other.low, high: high | other.high)
    }
}

extension ByteSet {
    static let digit = ByteSet("0123456789")
    static let hexDigit = ByteSet("0123456789ABCDEFabcdef")
    static let alphanumeric = ByteSet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// `tchar`, RFC 9110 §5.6.2.
    static let token = alphanumeric.union(ByteSet("!#$%&'*+-.^_`|~"))
    /// `unreserved` and `sub-delims`, RFC 3986 §2: what a registered name is made of, besides percent-encodings.
    static let registeredName = alphanumeric.union(ByteSet("-._~!$&'()*+,;="))
    static let ipLiteral = hexDigit.union(ByteSet(":."))
    /// Visible ASCII without `#`: wider than RFC 3986, because browsers leave `|`, `"` and the like as they are.
    static let target = registeredName.union(ByteSet("%:@/?[]\"<>\\^`{|}"))
}
