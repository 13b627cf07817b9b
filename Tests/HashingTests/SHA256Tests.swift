import Hashing
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    /// FIPS 180-4 example messages and NIST's published values for them, the empty and the million-letter message.
    static let vectors: [(message: String, digest: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test("gives the published hashes", arguments: vectors)
    func published(message: String, digest: String) {
        #expect(SHA256.hash(message).hexadecimal == digest)
        #expect(SHA256.hash(Array(message.utf8)).hexadecimal == digest)
    }

    @Test("gives the same hash however the message is cut", arguments: [1, 3, 63, 64, 65, 1000])
    func incremental(pieceSize: Int) {
        let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        var hasher = SHA256Hasher()
        for start in stride(from: 0, to: message.count, by: pieceSize) {
            hasher.update(Array(message[start..<min(start + pieceSize, message.count)]))
        }
        #expect(hasher.finalize() == SHA256.hash(message))
    }

    @Test("takes text and empty pieces")
    func mixedPieces() {
        var hasher = SHA256Hasher()
        hasher.update("При")
        hasher.update([])
        hasher.update("вет")
        #expect(hasher.finalize() == SHA256.hash("Привет"))
    }
}
