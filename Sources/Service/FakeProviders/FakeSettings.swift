/// How the fake behaves while no scenario step says otherwise.
public struct FakeSettings: Sendable {
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
    /// What the model says; nil: "echo: " and the last message of the user.
    public var answer: FakeAnswer?
    /// What `GET models` lists and requests may name, a `-preview` behind it or not.
    public var models = [
        "GigaChat", "GigaChat-Pro", "GigaChat-Max", "GigaChat-2", "GigaChat-2-Pro", "GigaChat-2-Max", "Embeddings",
        "EmbeddingsGigaR",
    ]
    /// Largest request body in bytes before 413; no more than 16 MiB.
    public var bodyLimit = 16 << 20
    /// Port of the API on 127.0.0.1; 0: any free one.
    public var port: UInt16 = 0
    /// Port for authorisation on 127.0.0.1; 0: any free one.
    public var authPort: UInt16 = 0

    /// The defaults of a private person's account.
    public init() {}
}
