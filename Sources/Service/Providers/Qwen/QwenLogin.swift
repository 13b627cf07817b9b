import Domain
import EventLoop
import Files
import HTTPClient
import Telemetry

/// A login that Qwen Code keeps in a file: read when it has changed, renewed when it is over.
final class QwenLogin: Sendable {
    /// Names Qwen Code, whose login it is.
    static let clientID = "f0304373b74a44d2b584a3fb70ca9e56"
    /// The longest that a refresh takes; shorter than a lock lives.
    static let timeLimit = Duration.seconds(8)

    private struct State {
        var held: (credentials: QwenCredentials, stamp: FileStamp)?
        /// Whether the file was looked for.
        var isRead = false
        var nextCheck = MonotonicTime(nanoseconds: .min)
        /// An access token that Qwen has refused.
        var refused: String?
        /// A refresh token that Qwen has refused, and how.
        var dead: (token: String, fault: TokenFault)?
    }

    private let file: QwenFile
    private let url: String
    private let baseURL: String?
    private let clients: LoopClients
    private let logger: Logger
    /// How often it is looked whether the file has changed.
    private let checkInterval: Duration
    private let lockAttempts: Int
    private let state = Lock(State())

    init(
        _ file: QwenFile, url: String, baseURL: String?, clients: LoopClients, logger: Logger,
        checkInterval: Duration = .seconds(5), lockAttempts: Int = QwenFile.attempts
    ) {
        self.file = file
        self.url = url
        self.baseURL = baseURL
        self.clients = clients
        self.logger = logger
        self.checkInterval = checkInterval
        self.lockAttempts = lockAttempts
    }

    /// Qwen does not take this token any more, whatever the file says.
    func refuse(_ token: String) {
        state.withLock { $0.refused = token }
    }

    var secrets: [String] {
        state.withLock { $0.held.map { [$0.credentials.accessToken, $0.credentials.refreshToken] } ?? [] }
    }

    // MARK: The file

    /// The token of a login that another process has written meanwhile; looks for one only now and then.
    func change() async -> TokenGrant? {
        let isDue = state.withLock { state in
            guard state.isRead, state.nextCheck <= .now else { return false }
            state.nextCheck = .now + checkInterval
            return true
        }
        guard isDue else { return nil }
        do throws(TokenFault) {
            let stamp = try await file.stamp()
            guard stamp != state.withLock({ $0.held?.stamp }) else { return nil }
            return try usable(try await load())
        } catch {
            // Whoever needs a token next is told.
            return nil
        }
    }

    /// The login of now, read again only when the file has changed.
    private func load() async throws(TokenFault) -> QwenCredentials {
        state.withLock { state in
            state.isRead = true
            state.nextCheck = .now + checkInterval
        }
        let stamp = try await file.stamp()
        if let held = state.withLock({ $0.held }), held.stamp == stamp { return held.credentials }
        let read = try await file.read()
        state.withLock { $0.held = (read.credentials, read.stamp) }
        return read.credentials
    }

    /// The login's token, unless it is over or refused.
    private func usable(_ credentials: QwenCredentials) throws(TokenFault) -> TokenGrant? {
        let left = Duration.microseconds(credentials.expiry.microseconds - WallTime.now.microseconds)
        let isRefused = state.withLock { $0.refused == credentials.accessToken }
        guard !isRefused, left > QwenOAuth.margin else { return nil }
        return TokenGrant(value: credentials.accessToken, life: left, baseURL: try address(credentials))
    }

    private func address(_ credentials: QwenCredentials) throws(TokenFault) -> String? {
        if baseURL != nil { return nil }
        guard let url = credentials.resourceURL else { return QwenAddress.usual }
        if let address = QwenAddress(url) { return address.url }
        let words = "\(file.path): resource_url is none of Qwen's addresses, so the token is not sent there"
        throw TokenFault(failure: ModelFailure(.auth, words, provider: QwenOAuth.provider), isConfiguration: true)
    }

    // MARK: Getting a token

    /// The login's token, or one that it is exchanged for.
    func token() async -> Result<TokenGrant, TokenFault> {
        do throws(TokenFault) {
            if let grant = try usable(try await load()) { return .success(grant) }
            try await file.acquire(attempts: lockAttempts)
        } catch {
            return failed(error)
        }
        let outcome = await renew()
        await file.release()
        return outcome
    }

    /// Under the lock: somebody else may have renewed the login while it was waited for.
    private func renew() async -> Result<TokenGrant, TokenFault> {
        do throws(TokenFault) {
            let credentials = try await load()
            if let grant = try usable(credentials) { return .success(grant) }
            if let dead = state.withLock({ $0.dead }), dead.token == credentials.refreshToken {
                return .failure(dead.fault)
            }
            let grant = try await refresh(credentials)
            return .success(try await keep(grant, of: credentials))
        } catch {
            return failed(error)
        }
    }

    private func failed(_ fault: TokenFault) -> Result<TokenGrant, TokenFault> {
        logger.warning(
            "Qwen has given no token",
            ["class": .text(fault.failure.failureClass.rawValue), "detail": .text(fault.failure.detail)])
        return .failure(fault)
    }

    private func refresh(_ credentials: QwenCredentials) async throws(TokenFault) -> QwenGrant {
        let secrets = [credentials.accessToken, credentials.refreshToken]
        let reading = ErrorReading(provider: QwenOAuth.provider, secrets: secrets)
        let request = ClientRequest(
            "POST", url,
            headers: [
                "Accept": "application/json", "Content-Type": FormBody.contentType, "x-request-id": RequestUUID.make(),
            ],
            body: FormBody.encode([
                ("grant_type", "refresh_token"), ("refresh_token", credentials.refreshToken),
                ("client_id", Self.clientID),
            ]), timeout: Self.timeLimit)
        let response: ClientResponse
        do throws(HTTPClientError) {
            response = try await clients.current.send(request)
        } catch {
            throw TokenFault(failure: reading.failure(error), isConfiguration: false)
        }
        switch QwenGrant.read(response, reading, path: file.path) {
        case .success(let grant): return grant
        case .failure(let fault):
            if fault.isConfiguration { state.withLock { $0.dead = (credentials.refreshToken, fault) } }
            throw fault
        }
    }

    /// Writes the login back. Should that fail, the token is used all the same, but the login may be lost with the
    /// process.
    private func keep(_ grant: QwenGrant, of old: QwenCredentials) async throws(TokenFault) -> TokenGrant {
        if let url = grant.resourceURL, QwenAddress(url) == nil {
            logger.warning("Qwen names an address that is none of its own; the earlier one stays")
        }
        let credentials = old.renewed(by: grant, at: .now)
        let address = try address(credentials)
        do throws(TokenFault) {
            let stamp = try await file.write(credentials)
            state.withLock { $0.held = (credentials, stamp) }
        } catch {
            logger.error(
                "a renewed login of Qwen cannot be written back, and is lost with this process",
                ["detail": .text(error.failure.detail)])
            state.withLock { state in
                if let stamp = state.held?.stamp { state.held = (credentials, stamp) }
            }
        }
        return TokenGrant(value: credentials.accessToken, life: grant.life, baseURL: address)
    }
}
