import CLibcrypto

/// The 32 bytes of a SHA-256 hash.
public struct SHA256Digest: Sendable, Hashable {
    /// The length in bytes.
    public static let byteCount = 32

    // Four words compare and hash faster than an array and need no allocation; the first holds the first bytes.
    private let words: SIMD4<UInt64>

    /// A digest from its bytes; nil unless there are 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words = SIMD4<UInt64>()
        for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
        self.words = words
    }

    /// A digest from 64 hexadecimal digits of either case; nil for anything else.
    public init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 2 * Self.byteCount else { return nil }
        var words = SIMD4<UInt64>()
        for (index, digit) in digits.enumerated() {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            words[index / 16] = words[index / 16] << 4 | UInt64(value)
        }
        self.words = words
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        (0..<Self.byteCount).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> (56 - 8 * UInt64($0 % 8))) }
    }

    /// 64 lower-case hexadecimal digits.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whether both are equal, in a time that does not depend on where they differ. Use it instead of `==` wherever
    /// one side is secret or comes from a client.
    public func isEqualInConstantTime(to other: SHA256Digest) -> Bool {
        withUnsafeBytes(of: words) { mine in
            withUnsafeBytes(of: other.words) { theirs in
                CRYPTO_memcmp(mine.baseAddress, theirs.baseAddress, Self.byteCount) == 0
            }
        }
    }
}

extension SHA256Digest: CustomStringConvertible {
    /// The same as `hexadecimal`.
    public var description: String { hexadecimal }
}
