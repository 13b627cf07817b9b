public import Domain
public import EventLoop
public import Telemetry

/// Qwen's tokens of access, from the file in which Qwen Code keeps a login. One for all loops. The file belongs to both
/// programs: what the other has written counts before anything is asked for, and what is got anew is written back under
/// the lock that both know, since a refresh token can be used once.
public final class QwenOAuth: TokenSource {
    static let provider = "qwen-oauth"
    /// A token is not used in the last part of its life.
    static let margin = Duration.seconds(30)

    private let login: QwenLogin
    private let tokens: SharedToken

    /// A source for the login in the file at `path`. `url` is the whole address of the token call. Calls go where the
    /// login says, as long as that is one of Qwen's hosts, or to `baseURL` where it is set. Reads and sends nothing
    /// yet.
    public convenience init(
        path: String, url: String, baseURL: String?, clients: LoopClients, blocking: BlockingThread, logger: Logger
    ) {
        let file = QwenFile(path, blocking: blocking)
        self.init(QwenLogin(file, url: url, baseURL: baseURL, clients: clients, logger: logger))
    }

    init(_ login: QwenLogin) {
        self.login = login
        tokens = SharedToken(provider: Self.provider, margin: Self.margin) { await login.token() }
    }

    /// A token with at least half a minute to live. Callable from tasks of loops. Throws `.auth` for a file that is not
    /// as it has to be, or a login that is over, and remembers that until the file changes.
    public func token(budget: Duration) async throws(ModelFailure) -> AccessToken? {
        if let grant = await login.change() { tokens.adopt(grant) }
        return try await tokens.token(budget: budget)
    }

    /// The next call gets another one.
    public func invalidate(_ token: AccessToken?) -> Bool {
        guard let token else { return false }
        login.refuse(token.value)
        tokens.invalidate(token.generation)
        return true
    }

    /// All tokens of the login.
    public func secrets() -> [String] { login.secrets }

    /// How old the token is, or why there is none.
    public func standing() -> ProviderStanding { tokens.standing() }
}
