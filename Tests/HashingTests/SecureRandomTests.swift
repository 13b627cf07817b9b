import Hashing
import Testing

@Suite("Secure random")
struct SecureRandomTests {
    @Test("gives as many bytes as asked for", arguments: [0, 1, 16, 32, 4096])
    func count(count: Int) throws {
        #expect(try SecureRandom.bytes(count).count == count)
    }

    @Test("never gives the same 16 bytes twice")
    func uniqueness() throws {
        let tokens = try (0..<1000).map { _ in try SecureRandom.bytes(16) }
        #expect(Set(tokens).count == tokens.count)
    }
}
