public import Telemetry

/// Where API keys are kept, as hashes. Every method may be called from any loop task.
public protocol APIKeyStore: Sendable {
    /// A number that grows with every change of a key, but for its last use: one tiny query.
    func revision() async throws(StoreError) -> Int64

    /// The keys that are not revoked, at most `APIKey.maximumCount`, with a revision that is not younger.
    func usableKeys() async throws(StoreError) -> (revision: Int64, keys: [APIKey])

    /// All keys, the youngest first, at most `limit`; with `before` only those made before that key, and none when
    /// there is no such key.
    func list(limit: Int, before: APIKeyID?) async throws(StoreError) -> [APIKey]

    /// Keeps a new key; false when there are too many that are not revoked.
    func add(_ key: APIKey) async throws(StoreError) -> Bool

    /// Ends a key for good. False when it was revoked before, nil when there is none of that id.
    func revoke(_ id: APIKeyID) async throws(StoreError) -> Bool?

    /// Keeps when keys were last used. Changes no revision.
    func noteUses(_ uses: [APIKeyID: WallTime]) async throws(StoreError)
}
