import API
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
    static func line(_ key: APIKey, secret: APIKeyText? = nil) -> String {
        let bytes = JSONWriter.object { APIKeyJSON.write(key, secret: secret, to: &$0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func row(_ key: APIKey, _ now: WallTime) -> [String] {
        let state = key.revokedAt != nil ? "revoked" : key.isUsable(at: now) ? "usable" : "expired"
        return [
            key.id.description, key.prefix + "…", state, APIKeyJSON.scopes(key).joined(separator: ","),
            key.ratePerMinute.map { $0 == 0 ? "any" : "\($0)" } ?? "-", minute(key.createdAt), minute(key.expiresAt),
            minute(key.lastUsedAt), key.name.printable,
        ]
    }

    private static func minute(_ time: WallTime?) -> String {
        time.map { String($0.rfc3339.prefix(16)) + "Z" } ?? "-"
    }
}
