/// How the fake behaves while no scenario step says otherwise.
public struct FakeSettings: Sendable {
    /// Whose ways the fake has. Counts from the start on.
    public var personality = FakePersonality.gigachat
    /// The key that the others than GigaChat take.
    public var apiKey = "fake-api-key-of-a-provider"
    /// What is told with Qwen's tokens as the place to use them; nil: nothing.
    public var resourceURL: String? = "portal.qwen.ai"
    /// The refresh token that Qwen's renewal takes first.
    public static let firstRefreshToken = "fake-refresh-token-0"
    /// The authorization key that tokens are given out for: base64, as in the personal account.
    public var credentials = "ZmFrZS1jbGllbnQ6ZmFrZS1zZWNyZXQ="
    /// The scope that the key owns.
    public var scope = "GIGACHAT_API_PERS"
    /// How long a token is good for.
    public var tokenLife = Duration.seconds(30 * 60)
    /// Token requests in a second before 429; nil: any number.
    public var tokenRequestsPerSecond: Int? = 10
    /// Requests that are answered at a time before 429; nil: any number.
    public var concurrencyLimit: Int? = 10
    /// How long a chat answer or an embedding takes.
    public var answerDelay = Duration.zero
    /// Whether requests to the API without `User-Agent` get 403.
    public var requiresUserAgent = true
    /// Whether the key is taken with `Bearer`, too, when a token is asked for.
    public var acceptsBearer = true
    /// How far the fake's clock goes ahead of this machine's when it tells a token's end; negative: behind.
    public var clockOffset = Duration.zero
    /// Whether a path that is unknown gets a gateway's page in place of JSON.
    public var answersUnknownPathsInHTML = false
    /// What the model says; nil: "echo: " and the last message of the user.
    public var answer: FakeAnswer?
    /// What `GET models` lists and requests may name, a `-preview` behind it or not.
    public var models = [
        "GigaChat", "GigaChat-Pro", "GigaChat-Max", "GigaChat-2", "GigaChat-2-Pro", "GigaChat-2-Max", "Embeddings",
        "EmbeddingsGigaR", "GigaCheckDetection",
    ]
    /// Largest request body in bytes before 413; no more than 16 MiB.
    public var bodyLimit = 16 << 20
    /// How both listeners speak TLS; nil: plain HTTP. Counts from the start on.
    public var tls: FakeTLS?
    /// Port of the API on 127.0.0.1; 0: any free one.
    public var port: UInt16 = 0
    /// Port for authorisation on 127.0.0.1; 0: any free one.
    public var authPort: UInt16 = 0

    /// Whether the client's certificate stands for a token.
    var knowsClientsByCertificate: Bool { tls?.demandsClientCertificate == true }

    /// The defaults of a private person's account.
    public init() {}
}
