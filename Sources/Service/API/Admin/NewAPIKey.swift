public import Domain
import Hashing
public import Telemetry

/// A key that was just made, with its text, which nobody gets to see a second time.
public struct NewAPIKey: Sendable {
    /// What is stored of it.
    public let key: APIKey
    /// The secret, for its owner alone: neither to be stored nor to be logged.
    public let text: APIKeyText

    /// Makes a key as `draft` wants it.
    public init(_ draft: APIKeyDraft, at now: WallTime) {
        // The system's generator asks the kernel, which makes it fit for secrets.
        var generator = SystemRandomNumberGenerator()
        text = APIKeyText(using: &generator)
        key = APIKey(
            id: APIKeyID(at: now, using: &generator), name: draft.name, prefix: text.prefix,
            digest: SHA256.hash(text.text).bytes, scopes: draft.scopes, ratePerMinute: draft.ratePerMinute,
            expiresAt: draft.end?.moment(from: now), createdAt: now)
    }
}
