/// A client's name for one submission, so that a repeated POST makes no second job
/// (draft-ietf-httpapi-idempotency-key-header).
public struct IdempotencyKey: Hashable, Sendable {
    /// Longest key, in characters.
    public static let maximumLength = 255

    /// Whose key it is; keys of different clients never meet.
    public let client: String
    /// The key as sent.
    public let key: String
    /// A hash of the payload, to tell a repetition from a misuse.
    public let fingerprint: [UInt8]

    /// Nil when the key is empty, too long, or not printable ASCII.
    public init?(client: String, key: String, fingerprint: [UInt8]) {
        let isPrintable = key.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        guard !key.isEmpty, key.utf8.count <= Self.maximumLength, isPrintable else { return nil }
        self.client = client
        self.key = key
        self.fingerprint = fingerprint
    }
}
