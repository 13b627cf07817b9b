import HTTPClient

/// Who we are when GigaChat is asked for a token.
public enum GigaChatLogin: Sendable, Equatable {
    /// The word before the key. Both are accepted; `Basic` is the documented one.
    public enum Scheme: String, Sendable, CaseIterable {
        /// `Basic`.
        case basic
        /// `Bearer`.
        case bearer
    }

    /// An authorization key as the account shows it, base64 of the client's id and secret, for what it was given out.
    case key(String, scope: String, scheme: Scheme = .basic)
    /// A user of a stand of its own, asked at `/token` below the API's address. The name has no colon.
    case password(user: String, password: String)

    /// The call for a token at `url`.
    func request(url: String, timeout: Duration) -> ClientRequest {
        switch self {
        case .key(let key, let scope, let scheme):
            let word = scheme == .basic ? "Basic" : "Bearer"
            return ClientRequest(
                "POST", url,
                headers: [
                    "Authorization": "\(word) \(key)", "RqUID": RequestUUID.make(), "Accept": "application/json",
                    "Content-Type": FormBody.contentType,
                ], body: FormBody.encode([("scope", scope)]), timeout: timeout)
        case .password(let user, let password):
            return ClientRequest(
                "POST", url,
                headers: [
                    "Authorization": BasicAuthorization.value(user: user, password: password),
                    "Accept": "application/json",
                ], timeout: timeout)
        }
    }

    /// What no text may show.
    var secrets: [String] {
        switch self {
        case .key(let key, _, _): [key]
        case .password(let user, let password):
            [password, String(BasicAuthorization.value(user: user, password: password).dropFirst(6))]
        }
    }

    /// What to do about a refusal.
    func hint(status: Int, code: String?) -> String? {
        switch self {
        case .key(let key, _, _): GigaChatKey.hint(status: status, code: code, key: key)
        case .password:
            status == 401 ? "the user or the password is not taken: compare GIGACHAT_USER and _PASSWORD" : nil
        }
    }
}
