import Domain
import EventLoop

/// What a source knows of its token, and what follows for those who ask. Pure: it is told the time.
struct TokenState: Sendable {
    /// What an asker does.
    enum Step: Sendable, Equatable {
        /// Uses this token.
        case use(AccessToken)
        /// Fails.
        case fail(ModelFailure)
        /// Fetches one, for everybody, and waits.
        case fetch
        /// Waits for the fetch that is under way.
        case wait
    }

    /// A token is not used in the last part of its life, so that it lasts until the call arrives.
    static let margin = Duration.seconds(60)
    /// How long a fault in the settings is remembered.
    static let faultMemory = Duration.seconds(30)

    private let margin: Duration
    private var held: (token: AccessToken, end: MonotonicTime)?
    private var former: AccessToken?
    private var isRefused = false
    private var isFetching = false
    private var fault: (failure: ModelFailure, until: MonotonicTime)?
    private var lastFailure: ModelFailure?
    private var generation = 0

    /// No token yet.
    init(margin: Duration = TokenState.margin) {
        self.margin = margin
    }

    /// The token and the one before it: a call that began with that one may still fail and repeat it.
    var shown: [AccessToken] { [held?.token, former].compactMap(\.self) }

    /// Somebody needs a token.
    mutating func ask(_ now: MonotonicTime) -> Step {
        if let held, !isRefused, held.end - now > margin { return .use(held.token) }
        if isFetching { return .wait }
        if let fault, now < fault.until { return .fail(fault.failure) }
        isFetching = true
        return .fetch
    }

    /// The fetch has brought a token.
    mutating func fetched(_ grant: TokenGrant, _ now: MonotonicTime) -> AccessToken {
        generation += 1
        let token = AccessToken(grant.value, generation: generation, baseURL: grant.baseURL)
        former = held?.token
        held = (token, now + grant.life)
        isRefused = false
        isFetching = false
        fault = nil
        lastFailure = nil
        return token
    }

    /// The fetch has failed. The old token serves as long as it lives and nobody has refused it.
    mutating func failed(_ fault: TokenFault, _ now: MonotonicTime) -> Result<AccessToken, ModelFailure> {
        isFetching = false
        lastFailure = fault.failure
        if fault.isConfiguration { self.fault = (fault.failure, now + Self.faultMemory) }
        if let held, !isRefused, !fault.isConfiguration, held.end > now { return .success(held.token) }
        return .failure(fault.failure)
    }

    /// The provider has refused the token of that generation; only the current one is dropped for it.
    mutating func invalidate(_ generation: Int) {
        if generation == self.generation { isRefused = true }
    }

    /// For an operator.
    func standing(_ now: MonotonicTime) -> ProviderStanding {
        if let lastFailure { return ProviderStanding(isUsable: false, detail: lastFailure.detail) }
        guard let held else { return ProviderStanding(isUsable: true, detail: "no token was needed yet") }
        let left = max(0, Int((held.end - now).inSeconds))
        return ProviderStanding(isUsable: true, detail: isRefused ? "the token was refused" : "token for \(left) s")
    }
}
