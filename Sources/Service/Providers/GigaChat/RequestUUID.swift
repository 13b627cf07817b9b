/// Random names for calls (UUID version 4, RFC 9562).
enum RequestUUID {
    /// A new one, in lower case with hyphens.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & ~0xF000 | 0x4000
        let low = generator.next() & ~(0b11 << 62) | 0b10 << 62
        let digits = hexadecimal(high) + hexadecimal(low)
        let bounds = [0, 8, 12, 16, 20, 32]
        return zip(bounds, bounds.dropFirst()).map { String(decoding: digits[$0..<$1], as: UTF8.self) }
            .joined(separator: "-")
    }

    private static func hexadecimal(_ number: UInt64) -> [UInt8] {
        let digits = String(number, radix: 16)
        return [UInt8](repeating: UInt8(ascii: "0"), count: 16 - digits.utf8.count) + digits.utf8
    }
}
