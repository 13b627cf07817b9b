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
    public init?(_ text: some StringProtocol) {
        self.init(String(text))
    }

    /// The same of a string.
    public init?(_ text: String) {
        let bytes = text.utf8.span
        guard bytes.count == 36 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for position in bytes.indices {
            let byte = bytes[position]
            if Self.hyphens >> UInt64(position) & 1 == 1 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = hexDigitValue(byte), digits < 32 else { return nil }
            if digits < 16 {
                halves.0 = halves.0 << 4 | digit
            } else {
                halves.1 = halves.1 << 4 | digit
            }
            digits += 1
        }
        self.init(high: halves.0, low: halves.1)
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
            for position in 0..<36 where Self.hyphens >> UInt64(position) & 1 == 1 {
                buffer[position] = UInt8(ascii: "-")
            }
            return 36
        }
    }

    /// The 32 hexadecimal digits alone.
    public var digits: String { description.filter { $0 != "-" } }

    /// A bit for each hyphen's position.
    private static let hyphens: UInt64 = 1 << 8 | 1 << 13 | 1 << 18 | 1 << 23
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
