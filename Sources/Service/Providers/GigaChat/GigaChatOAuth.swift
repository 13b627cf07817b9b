public import Domain
import HTTPClient
import JSON
public import Telemetry

/// GigaChat's tokens of access, got with an authorization key. One for all loops: many who need one at once make one
/// call. The key is in no text that leaves this type.
public final class GigaChatOAuth: TokenSource {
    /// The longest that one call for a token takes.
    static let timeLimit = Duration.seconds(10)
    private static let provider = "gigachat"

    private let key: String
    private let shared: SharedToken

    /// A source at `url`, the whole address of the token call. `key` is the authorization key as the account shows it,
    /// base64 of the client's id and secret; `scope` is what it was given out for. Files of trust and identity are the
    /// clients'; `caFile` is theirs too and only named when trust is missing. Sends nothing yet.
    public init(
        url: String, key: String, scope: String, clients: LoopClients, logger: Logger, caFile: String? = nil
    ) {
        self.key = key
        if GigaChatKey.isAccessToken(key) {
            logger.warning("The authorization key of GigaChat looks like a token of access")
        }
        shared = SharedToken(provider: Self.provider) {
            let reading = ErrorReading(provider: Self.provider, secrets: [key], caFile: caFile)
            let outcome = await Self.fetch(Self.request(url: url, key: key, scope: scope), key: key, clients, reading)
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

    /// The key, the current token and the one before it.
    public func secrets() -> [String] { [key] + shared.secrets }

    /// How old the token is, or why there is none.
    public func standing() -> ProviderStanding { shared.standing() }

    // MARK: The call

    static func request(url: String, key: String, scope: String) -> ClientRequest {
        ClientRequest(
            "POST", url,
            headers: [
                "Authorization": "Basic \(key)", "RqUID": RequestUUID.make(), "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
            ],
            body: Array("scope=\(formEncoded(scope))".utf8), timeout: timeLimit)
    }

    private static func fetch(
        _ request: ClientRequest, key: String, _ clients: LoopClients, _ reading: ErrorReading
    ) async -> Result<TokenGrant, TokenFault> {
        do throws(HTTPClientError) {
            return GigaChatGrant.read(try await clients.current.send(request), key: key, provider: provider)
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

    /// Percent-encodes all but the unreserved characters (RFC 3986, 2.3).
    private static func formEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { encoded, byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            if isPlain || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
