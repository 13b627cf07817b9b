import Domain
import JSON
import Telemetry

/// How API keys are printed: never the key itself, but where it was just made.
enum APIKeyListing {
    /// A table for people.
    static func table(_ keys: [APIKey], at now: WallTime) -> String {
        let head = ["ID", "KEY", "STATE", "SCOPES", "RATE", "CREATED", "EXPIRES", "LAST USED", "NAME"]
        return TextTable.aligned([head] + keys.map { row($0, now) })
    }

    /// A line of JSON.
    static func line(_ key: APIKey, secret: String? = nil) -> String {
        let bytes = JSONWriter.object { object in
            object.field("id", key.id.description)
            object.field("key", ifPresent: secret)
            object.field("prefix", key.prefix)
            object.field("name", key.name)
            object.array("scopes") { list in for scope in scopes(key) { list.element(scope) } }
            object.field("rate_per_minute", key.ratePerMinute)
            object.field("created_at", key.createdAt.rfc3339)
            object.field("expires_at", key.expiresAt?.rfc3339)
            object.field("revoked_at", key.revokedAt?.rfc3339)
            object.field("last_used_at", key.lastUsedAt?.rfc3339)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func row(_ key: APIKey, _ now: WallTime) -> [String] {
        let state = key.revokedAt != nil ? "revoked" : key.isUsable(at: now) ? "usable" : "expired"
        return [
            key.id.description, key.prefix + "…", state, scopes(key).joined(separator: ","),
            key.ratePerMinute.map { $0 == 0 ? "any" : "\($0)" } ?? "-", minute(key.createdAt), minute(key.expiresAt),
            minute(key.lastUsedAt), key.name.printable,
        ]
    }

    /// In the order in which they are documented.
    private static func scopes(_ key: APIKey) -> [String] {
        Scope.allCases.filter(key.scopes.contains).map(\.rawValue)
    }

    private static func minute(_ time: WallTime?) -> String {
        time.map { String($0.rfc3339.prefix(16)) + "Z" } ?? "-"
    }
}
