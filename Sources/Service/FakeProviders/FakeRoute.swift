import HTTP

/// What can be asked of the fake, and have scenario steps queued for it.
public enum FakeRoute: String, CaseIterable, Hashable, Sendable {
    /// `POST /api/v2/oauth` on the listener for authorisation.
    case oauth
    /// `POST {base}/token` on the listener of the API.
    case token
    /// `POST {base}/chat/completions`.
    case chat
    /// `GET {base}/models`.
    case models
    /// `GET {base}/models/{id}`.
    case model
    /// `POST {base}/embeddings`.
    case embeddings
    /// `POST {base}/tokens/count`.
    case tokensCount
    /// `GET {base}/balance`.
    case balance

    /// Whether a bearer token is asked for, and the request counts towards the concurrency limit.
    var isMetered: Bool { self != .oauth && self != .token }

    /// The route of a request, or nil when there is none on that listener.
    static func find(_ method: Method, _ path: String, on listener: FakeListenerKind) -> FakeRoute? {
        if listener == .oauth { return method == .post && path == "/api/v2/oauth" ? .oauth : nil }
        guard let rest = pathBelowBase(path) else { return nil }
        switch (method, rest) {
        case (.post, "token"): return .token
        case (.post, "chat/completions"): return .chat
        case (.get, "models"): return .models
        case (.post, "embeddings"): return .embeddings
        case (.post, "tokens/count"): return .tokensCount
        case (.get, "balance"): return .balance
        case (.get, _) where rest.hasPrefix("models/"): return .model
        default: return nil
        }
    }

    /// Both bases that GigaChat has answered on.
    private static func pathBelowBase(_ path: String) -> Substring? {
        for base in ["/api/v1/", "/v1/"] where path.hasPrefix(base) { return path.dropFirst(base.count) }
        return nil
    }
}
