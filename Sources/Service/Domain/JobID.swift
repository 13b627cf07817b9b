/// Names a job: a UUID, new ones of version 7 so that they sort by time of creation (RFC 9562 §5.7). Older
/// version 4 ids are as good.
public struct JobID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// Joins the two halves, most significant first.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes a version 7 id for `milliseconds` since the Unix epoch with 74 random bits.
    public init(milliseconds: Int64, using generator: inout some RandomNumberGenerator) {
        let random = generator.next()
        high = UInt64(bitPattern: milliseconds) << 16 | 0x7000 | (random & 0x0FFF)
        low = 0x8000_0000_0000_0000 | (generator.next() >> 2)
    }

    /// Reads the 36-character form, in either case. Nil for anything else.
    public init?(_ text: String) {
        self.init(text.utf8Span.span)
    }

    /// Reads the same form of a piece of a text.
    public init?(_ text: Substring) {
        self.init(text.utf8Span.span)
    }

    private init?(_ bytes: Span<UInt8>) {
        guard bytes.count == 36 else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for position in bytes.indices {
            switch position {
            case 8, 13, 18, 23: guard bytes[position] == UInt8(ascii: "-") else { return nil }
            default:
                guard let digit = hexDigitValue(bytes[position]) else { return nil }
                // What leaves the lower half moves on to the upper one.
                high = high << 4 | low >> 60
                low = low << 4 | digit
            }
        }
        self.init(high: high, low: low)
    }

    /// The 36-character lower-case form.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            for index in 0..<16 {
                let byte = (index < 8 ? high : low) >> UInt64(56 - 8 * (index % 8)) & 0xFF
                let position = Self.positions[index]
                buffer[position] = hexDigit(byte >> 4)
                buffer[position + 1] = hexDigit(byte & 15)
            }
            for hyphen in [8, 13, 18, 23] { buffer[hyphen] = UInt8(ascii: "-") }
            return 36
        }
    }

    /// Both halves, most significant first.
    public var halves: (high: UInt64, low: UInt64) { (high, low) }

    /// Where the two digits of each byte stand.
    private static let positions: [16 of Int] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
}

private func hexDigit(_ value: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 10 ? 0x30 + value : 0x57 + value)
}

private func hexDigitValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x41...0x46: UInt64(byte - 0x37)
    case 0x61...0x66: UInt64(byte - 0x57)
    default: nil
    }
}
