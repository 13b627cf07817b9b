import HTTP

/// What can be asked of the fake, and have scenario steps queued for it.
public enum FakeRoute: String, CaseIterable, Hashable, Sendable {
    /// `POST /api/v2/oauth` on the listener for authorisation, or what the personality has in its place.
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
    /// `GET {base}/balance`; with DeepSeek `GET user/balance`.
    case balance
    /// `POST {base}/files`.
    case upload
    /// `GET {base}/files`.
    case files
    /// `GET {base}/files/{id}`.
    case file
    /// `GET {base}/files/{id}/content`.
    case fileContent
    /// `POST {base}/files/{id}/delete`.
    case fileDeletion
    /// `POST {base}/ai/check`.
    case aiCheck

    /// Whether a bearer token is asked for, and the request counts towards the concurrency limit.
    var isMetered: Bool { self != .oauth && self != .token }

    /// The route of a request, or nil when there is none on that listener.
    static func find(
        _ method: Method, _ path: String, on listener: FakeListenerKind, _ personality: FakePersonality
    ) -> FakeRoute? {
        if listener == .oauth { return method == .post && path == personality.tokenPath ? .oauth : nil }
        guard let base = personality.bases.filter(path.hasPrefix).max(by: { $0.count < $1.count }) else { return nil }
        let rest = path.dropFirst(base.count)
        switch (method, rest) {
        case (.post, "token"): return .token
        case (.post, "chat/completions"): return .chat
        case (.get, "models"): return .models
        case (.post, "embeddings"): return .embeddings
        case (.post, "tokens/count"): return .tokensCount
        case (.get, "balance"), (.get, "user/balance"): return .balance
        case (.post, "ai/check"): return .aiCheck
        case (.post, "files"): return .upload
        case (.get, "files"): return .files
        case (.get, _) where rest.hasPrefix("models/"): return .model
        case (_, _) where rest.hasPrefix("files/"): return file(method, rest.split(separator: "/").dropFirst(2))
        default: return nil
        }
    }

    /// What is asked of one file; `rest` follows its id.
    private static func file(_ method: Method, _ rest: ArraySlice<Substring>) -> FakeRoute? {
        switch (method, rest.first) {
        case (.get, nil): .file
        case (.get, "content"): .fileContent
        case (.post, "delete"): .fileDeletion
        default: nil
        }
    }
}
