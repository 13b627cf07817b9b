public import Domain
import HTTPClient
public import Telemetry

/// GigaChat's tokens of access, got with an authorization key or a user's password. One for all loops: many who need
/// one at once make one call. Neither is in any text that leaves this type.
public final class GigaChatOAuth: TokenSource {
    /// The longest that one call for a token takes.
    static let timeLimit = Duration.seconds(10)
    private static let provider = "gigachat"

    private let login: GigaChatLogin
    private let shared: SharedToken

    /// The same for an authorization key, sent as documented.
    public convenience init(
        url: String, key: String, scope: String, clients: LoopClients, logger: Logger, caFile: String? = nil
    ) {
        self.init(url: url, .key(key, scope: scope), clients: clients, logger: logger, caFile: caFile)
    }

    /// A source at `url`, the whole address of the token call. Files of trust and identity are the clients'; `caFile`
    /// is theirs too and only named when trust is missing. Sends nothing yet.
    public init(
        url: String, _ login: GigaChatLogin, clients: LoopClients, logger: Logger, caFile: String? = nil
    ) {
        self.login = login
        if case .key(let key, _, _) = login, GigaChatKey.isAccessToken(key) {
            logger.warning("The authorization key of GigaChat looks like a token of access")
        }
        shared = SharedToken(provider: Self.provider) {
            let reading = ErrorReading(provider: Self.provider, secrets: login.secrets, caFile: caFile)
            let outcome = await Self.fetch(login, url: url, clients, reading)
            Self.log(outcome, to: logger)
            return outcome
        }
    }

    /// A token with at least a minute to live, or the last one while it lives and no other can be had. Callable from
    /// tasks of loops. Throws `.auth` and the like for settings that GigaChat refuses, and remembers that for 30 s.
    public func token(budget: Duration) async throws(ModelFailure) -> AccessToken? {
        try await shared.token(budget: budget)
    }

    /// The next call fetches another one.
    public func invalidate(_ token: AccessToken?) -> Bool {
        guard let token else { return false }
        shared.invalidate(token.generation)
        return true
    }

    /// The key or the password, the current token and the one before it.
    public func secrets() -> [String] { login.secrets + shared.secrets }

    /// How old the token is, or why there is none.
    public func standing() -> ProviderStanding { shared.standing() }

    // MARK: The call

    private static func fetch(
        _ login: GigaChatLogin, url: String, _ clients: LoopClients, _ reading: ErrorReading
    ) async -> Result<TokenGrant, TokenFault> {
        do throws(HTTPClientError) {
            let response = try await clients.current.send(login.request(url: url, timeout: timeLimit))
            return GigaChatGrant.read(response, login, reading)
        } catch {
            return .failure(TokenFault(failure: reading.failure(error), isConfiguration: isConfiguration(error)))
        }
    }

    private static func isConfiguration(_ error: HTTPClientError) -> Bool {
        switch error {
        case .invalidConfiguration, .invalidRequest: true
        default: false
        }
    }

    private static func log(_ outcome: Result<TokenGrant, TokenFault>, to logger: Logger) {
        switch outcome {
        case .success(let grant) where grant.isClockSkewed:
            logger.warning("GigaChat's token has ended when it comes: compare this machine's clock")
        case .success(let grant):
            logger.debug("GigaChat has given a token", ["life_s": .integer(Int(grant.life.components.seconds))])
        case .failure(let fault):
            logger.warning(
                "GigaChat has given no token",
                ["class": .text(fault.failure.failureClass.rawValue), "detail": .text(fault.failure.detail)])
        }
    }
}
