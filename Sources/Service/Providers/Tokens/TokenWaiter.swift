import Domain
import EventLoop

/// One task that waits for a token that is being fetched for many: until it comes, until its own budget is used up or
/// until it is cancelled itself. None of that touches the fetch.
final class TokenWaiter: Sendable {
    private typealias Outcome = Result<AccessToken, ModelFailure>

    private enum State {
        case idle
        case waiting(CheckedContinuation<Result<AccessToken, ModelFailure>, Never>)
        case over(Result<AccessToken, ModelFailure>)
    }

    private let state = Lock(State.idle)

    /// Ends the wait; the first outcome stays. Any thread.
    func end(_ outcome: Result<AccessToken, ModelFailure>) {
        let continuation: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            switch state {
            case .over: return nil
            case .idle:
                state = .over(outcome)
                return nil
            case .waiting(let continuation):
                state = .over(outcome)
                return continuation
            }
        }
        continuation?.resume(returning: outcome)
    }

    /// Waits on the caller's loop, for `budget` at most.
    func wait(_ budget: Duration, provider: String) async -> Result<AccessToken, ModelFailure> {
        let loop = EventLoop.current
        let timer = loop?.schedule(after: budget) { [self] in
            end(.failure(ModelFailure(.timeout, "no token in time", provider: provider)))
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { enter($0) }
        } onCancel: {
            end(.failure(ModelFailure(.cancelled, "cancelled while waiting for a token", provider: provider)))
        }
        if let timer { loop?.cancel(timer) }
        return outcome
    }

    private func enter(_ continuation: CheckedContinuation<Result<AccessToken, ModelFailure>, Never>) {
        let outcome: Outcome? = state.withLock { state in
            if case .over(let outcome) = state { return outcome }
            state = .waiting(continuation)
            return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
    }
}
