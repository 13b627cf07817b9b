import Domain
import EventLoop

/// One token for all loops of the process: whoever finds it missing fetches it for everybody. The shell around
/// `TokenState`.
final class SharedToken: Sendable {
    /// Gets a token; runs on the loop of whoever asked first, in a task that no caller can cancel. Must end by itself.
    typealias Fetch = @Sendable () async -> Result<TokenGrant, TokenFault>

    private struct Shared {
        var state: TokenState
        var waiters: [TokenWaiter] = []
    }

    private let provider: String
    private let shared: Lock<Shared>
    private let fetch: Fetch

    init(provider: String, margin: Duration = TokenState.margin, fetch: @escaping Fetch) {
        self.provider = provider
        self.fetch = fetch
        shared = Lock(Shared(state: TokenState(margin: margin)))
    }

    func token(budget: Duration) async throws(ModelFailure) -> AccessToken {
        guard let loop = EventLoop.current else { throw ModelFailure(.internal, "tokens are for tasks of loops") }
        let waiter = TokenWaiter()
        let step = shared.withLock { shared in
            let step = shared.state.ask(.now)
            if step == .fetch || step == .wait { shared.waiters.append(waiter) }
            return step
        }
        switch step {
        case .use(let token): return token
        case .fail(let failure): throw failure
        case .fetch: loop.spawn { [self] in finish(await fetch()) }
        case .wait: break
        }
        let outcome = await waiter.wait(budget, provider: provider)
        shared.withLock { shared in shared.waiters.removeAll { $0 === waiter } }
        return try outcome.get()
    }

    /// Puts in a token that was found elsewhere.
    func adopt(_ grant: TokenGrant) {
        shared.withLock { shared in _ = shared.state.fetched(grant, .now) }
    }

    func invalidate(_ generation: Int) {
        shared.withLock { $0.state.invalidate(generation) }
    }

    /// What no failure may show.
    var secrets: [String] { shared.withLock { $0.state.shown.map(\.value) } }

    func standing() -> ProviderStanding {
        shared.withLock { $0.state.standing(.now) }
    }

    private func finish(_ result: Result<TokenGrant, TokenFault>) {
        let (outcome, waiters) = shared.withLock { shared in
            let outcome: Result<AccessToken, ModelFailure>
            switch result {
            case .success(let grant): outcome = .success(shared.state.fetched(grant, .now))
            case .failure(let fault): outcome = shared.state.failed(fault, .now)
            }
            defer { shared.waiters = [] }
            return (outcome, shared.waiters)
        }
        for waiter in waiters { waiter.end(outcome) }
    }
}
