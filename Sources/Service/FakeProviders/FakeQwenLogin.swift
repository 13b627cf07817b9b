import JSON

/// The renewal of Qwen's tokens: every renewal gives another refresh token, and the one before it is dead.
struct FakeQwenLogin {
    private(set) var refreshToken = FakeSettings.firstRefreshToken
    private var number = 0

    /// The answer to a request for a token; `issue` makes the token of access.
    mutating func reply(
        to request: FakeRequest, _ settings: FakeSettings, _ issue: () -> String
    ) -> FakeReply {
        guard request.formValue("grant_type") == "refresh_token", request.formValue("client_id") != nil else {
            return Self.refusal("unsupported_grant_type", "only refresh_token is known here")
        }
        guard request.formValue("refresh_token") == refreshToken else {
            return Self.refusal("invalid_grant", "refresh token is invalid or expired")
        }
        number += 1
        refreshToken = "fake-refresh-token-\(number)-" + String(UInt64.random(in: .min ... .max), radix: 36)
        var members: [(String, JSONValue)] = [
            ("access_token", .string(issue())), ("token_type", "Bearer"), ("refresh_token", .string(refreshToken)),
            ("expires_in", .integer(Int(settings.tokenLife / .seconds(1)))),
        ]
        if let url = settings.resourceURL { members.append(("resource_url", .string(url))) }
        return .json(.object(JSONObject(members)))
    }

    private static func refusal(_ error: String, _ words: String) -> FakeReply {
        .json(["error": .string(error), "error_description": .string(words)], status: 400)
    }
}
