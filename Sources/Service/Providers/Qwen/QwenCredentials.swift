import JSON
import Telemetry

/// What Qwen Code keeps of a login in `oauth_creds.json`. Fields that we do not know are kept as they are.
struct QwenCredentials: Sendable, Equatable {
    /// What is wrong with the file, without its name and without its secrets.
    struct Fault: Error, Equatable {
        let problem: String
    }

    private var fields: JSONObject
    /// Authorises calls.
    private(set) var accessToken: String
    /// Gets the next access token; may be used only once.
    private(set) var refreshToken: String
    /// When the access token ends.
    private(set) var expiry: WallTime
    /// Where calls go, as the login said.
    private(set) var resourceURL: String?

    /// Reads the file's content.
    init(_ bytes: [UInt8]) throws(Fault) {
        fields = try Self.object(bytes)
        accessToken = try Self.text("access_token", fields)
        refreshToken = try Self.text("refresh_token", fields)
        _ = try Self.text("token_type", fields)
        guard let end = fields["expiry_date"] else { throw Fault(problem: "expiry_date is missing") }
        guard let milliseconds = end.doubleValue, milliseconds > 0, milliseconds < 1e15 else {
            throw Fault(problem: "expiry_date must be a number of milliseconds since 1970")
        }
        expiry = WallTime(microseconds: Int64(milliseconds) * 1000)
        resourceURL = try fields["resource_url"].flatMap { value throws(Fault) in
            if value.isNull { return nil }
            guard let text = value.stringValue else { throw Fault(problem: "resource_url must be a text") }
            return text
        }
    }

    private static func object(_ bytes: [UInt8]) throws(Fault) -> JSONObject {
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONParser().parse(bytes)
        } catch {
            throw Fault(problem: "is no JSON: \(error)")
        }
        guard let object = value.objectValue else { throw Fault(problem: "is no JSON object") }
        return object
    }

    private static func text(_ name: String, _ fields: JSONObject) throws(Fault) -> String {
        guard let value = fields[name] else { throw Fault(problem: "\(name) is missing") }
        guard let text = value.stringValue, !text.isEmpty else { throw Fault(problem: "\(name) must be a text") }
        return text
    }

    /// The same login with the tokens that it was given anew. Without a new refresh token the old one stays. A new
    /// address counts only when tokens may go there.
    func renewed(by grant: QwenGrant, at now: WallTime) -> QwenCredentials {
        var next = self
        next.accessToken = grant.accessToken
        next.refreshToken = grant.refreshToken ?? refreshToken
        next.expiry = WallTime(microseconds: now.microseconds + Int64(grant.life.components.seconds) * 1_000_000)
        if let url = grant.resourceURL, QwenAddress(url) != nil { next.resourceURL = url }
        next.fields["access_token"] = .string(next.accessToken)
        next.fields["refresh_token"] = .string(next.refreshToken)
        if let type = grant.tokenType { next.fields["token_type"] = .string(type) }
        next.fields["expiry_date"] = .integer(Int(next.expiry.microseconds / 1000))
        if let url = next.resourceURL { next.fields["resource_url"] = .string(url) }
        return next
    }

    /// The file's content.
    var bytes: [UInt8] { JSONValue.object(fields).serialized() }
}
