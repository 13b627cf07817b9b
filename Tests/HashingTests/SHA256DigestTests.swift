import Hashing
import Testing

@Suite("A digest")
struct SHA256DigestTests {
    static let bytes = [UInt8](0..<32)
    static let text = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

    @Test("is the same from bytes and from hexadecimal digits, and gives both back")
    func forms() throws {
        let digest = try #require(SHA256Digest(bytes: Self.bytes))
        #expect(digest.bytes == Self.bytes)
        #expect(digest.description == Self.text)
        #expect(SHA256Digest(hexadecimal: Self.text) == digest)
        #expect(SHA256Digest(hexadecimal: Self.text.uppercased()) == digest)
    }

    @Test(
        "is not made of anything else",
        arguments: ["", "00", text + "0", "g" + text.dropFirst(), "é" + text.dropFirst(2)])
    func malformed(text: String) {
        #expect(SHA256Digest(hexadecimal: text) == nil)
    }

    @Test("is not made of another number of bytes", arguments: [0, 31, 33])
    func wrongLength(count: Int) {
        #expect(SHA256Digest(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }

    @Test("differs in constant time wherever one bit differs")
    func constantTime() throws {
        let digest = try #require(SHA256Digest(bytes: Self.bytes))
        #expect(digest.isEqualInConstantTime(to: digest))
        for bit in 0..<256 {
            var other = Self.bytes
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            let altered = try #require(SHA256Digest(bytes: other))
            #expect(!digest.isEqualInConstantTime(to: altered))
            #expect(digest != altered)
        }
    }
}
