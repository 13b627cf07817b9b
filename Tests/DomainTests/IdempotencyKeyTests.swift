import Domain
import Testing

@Suite("Idempotency key")
struct IdempotencyKeyTests {
    @Test(
        "visible ASCII up to 255 characters is a key",
        arguments: ["a", "8e03978e-40d5-43e8-bc93-6894a57f9324", "a b~!\"", String(repeating: "k", count: 255)])
    func valid(key: String) {
        #expect(IdempotencyKey(client: "c", key: key, fingerprint: [1])?.key == key)
    }

    @Test(
        "anything else is none", arguments: ["", "ключ", "a\tb", "a\0", "\u{7F}", String(repeating: "k", count: 256)])
    func invalid(key: String) {
        #expect(IdempotencyKey(client: "c", key: key, fingerprint: [1]) == nil)
    }
}
