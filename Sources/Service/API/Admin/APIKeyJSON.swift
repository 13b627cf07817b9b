public import Domain
public import JSON
import Telemetry

/// How operators get API keys, over HTTP and from the command line: never the key itself, but where it was just made.
public enum APIKeyJSON {
    /// The fields of one key.
    public static func write(_ key: APIKey, secret: APIKeyText? = nil, to object: inout JSONObjectWriter) {
        object.field("id", key.id.description)
        object.field("key", ifPresent: secret?.text)
        object.field("prefix", key.prefix)
        object.field("name", key.name)
        object.array("scopes") { list in for scope in scopes(key) { list.element(scope) } }
        object.field("rate_per_minute", key.ratePerMinute)
        object.field("created_at", key.createdAt.rfc3339)
        object.field("expires_at", key.expiresAt?.rfc3339)
        object.field("revoked_at", key.revokedAt?.rfc3339)
        object.field("last_used_at", key.lastUsedAt?.rfc3339)
    }

    /// In the order in which they are documented.
    public static func scopes(_ key: APIKey) -> [String] {
        Scope.allCases.filter(key.scopes.contains).map(\.rawValue)
    }
}
