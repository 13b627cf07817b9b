public import Telemetry

/// What is known of an API key. The key itself is known to nobody but its owner.
public struct APIKey: Sendable, Equatable {
    /// The longest name, in characters.
    public static let maximumNameLength = 100
    /// Keys that may be usable at a time; each process holds them all in memory.
    public static let maximumCount = 10_000

    /// Which key.
    public var id: APIKeyID
    /// What people call it.
    public var name: String
    /// How the key begins, for people to recognise it.
    public var prefix: String
    /// The SHA-256 hash of the key, 32 bytes.
    public var digest: [UInt8]
    /// What it may be used for; never empty.
    public var scopes: Set<Scope>
    /// Requests a minute in place of the usual limits, 0 for any number; nil for the usual ones.
    public var ratePerMinute: Int?
    /// When it ends; nil for never.
    public var expiresAt: WallTime?
    /// When it was revoked, if it was.
    public var revokedAt: WallTime?
    /// When it was made.
    public var createdAt: WallTime
    /// When it was last used, to some seconds.
    public var lastUsedAt: WallTime?

    /// Gathers what is known.
    public init(
        id: APIKeyID, name: String, prefix: String, digest: [UInt8], scopes: Set<Scope>, ratePerMinute: Int? = nil,
        expiresAt: WallTime? = nil, revokedAt: WallTime? = nil, createdAt: WallTime, lastUsedAt: WallTime? = nil
    ) {
        self.id = id
        self.name = name
        self.prefix = prefix
        self.digest = digest
        self.scopes = scopes
        self.ratePerMinute = ratePerMinute
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }

    /// Whether the key opens anything at `time`.
    public func isUsable(at time: WallTime) -> Bool {
        revokedAt == nil && expiresAt.map { time < $0 } ?? true
    }

    /// Whether the key may do what needs `scope`; an administrator's may do anything.
    public func allows(_ scope: Scope) -> Bool {
        scopes.contains(scope) || scopes.contains(.admin)
    }
}
