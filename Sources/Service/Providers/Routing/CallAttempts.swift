import Domain

/// What follows a failed try: the same model again, the next one, or nothing. Pure: no clock and no dice of its own.
struct CallAttempts {
    /// What to do now.
    enum Action: Equatable {
        /// Ask the model at this place of the plan, after the pause.
        case call(Int, after: Duration)
        /// Tell the caller.
        case giveUp(ModelFailure)
    }

    private enum Reaction {
        case stop, nextModel, again
    }

    private let policy: CallPolicy
    private let models: Int
    private var place = 0
    private var triesHere = 0
    private var malformedHere = 0
    private var failures: [ModelFailure] = []
    /// What failed tries cost.
    private(set) var tokens = TokenUsage()

    /// Begins with the first of `models`; there must be one.
    init(_ policy: CallPolicy, models: Int) {
        precondition(models > 0, "a plan has at least one model")
        self.policy = policy
        self.models = models
    }

    /// The try has failed. `timeLeft` is what remains of the whole budget, `chance` a number from 0 to 1 that places
    /// the pause below its bound ("full jitter").
    mutating func failed(_ failure: ModelFailure, timeLeft: Duration, chance: Double) -> Action {
        note(failure)
        triesHere += 1
        guard timeLeft > .zero else { return giveUp(failure) }
        switch reaction(to: failure) {
        case .stop: return giveUp(failure)
        case .nextModel: return nextModel()
        case .again:
            let pause = max(failure.retryAfter ?? .zero, bound * min(max(chance, 0), 1))
            guard triesHere < policy.triesPerModel, pause <= policy.longestPause, pause < timeLeft else {
                return nextModel()
            }
            return .call(place, after: pause)
        }
    }

    /// The model was not asked, since its provider is known not to answer now.
    mutating func skipped(_ failure: ModelFailure) -> Action {
        note(failure)
        return nextModel()
    }

    private mutating func note(_ failure: ModelFailure) {
        failures.append(failure)
        tokens = tokens + failure.tokens
    }

    private mutating func reaction(to failure: ModelFailure) -> Reaction {
        if failure.isInterrupted { return .stop }
        switch failure.failureClass {
        // A call that ran out of time was paid for, and would be paid for again.
        case .badRequest, .blocked, .cancelled, .timeout, .invalid, .internal: return .stop
        case .auth, .forbidden, .quotaExhausted, .notFound: return .nextModel
        case .rateLimited, .server, .transport: return .again
        case .malformed:
            malformedHere += 1
            return malformedHere == 1 ? .again : .nextModel
        }
    }

    private mutating func nextModel() -> Action {
        guard place + 1 < models else { return giveUp(mostHopeful) }
        place += 1
        triesHere = 0
        malformedHere = 0
        return .call(place, after: .zero)
    }

    private func giveUp(_ failure: ModelFailure) -> Action {
        var failure = failure
        failure.tokens = tokens
        return .giveUp(failure)
    }

    /// The last failure that passes by itself, since waiting helps then; without one, the first of all: it is the
    /// first choice's.
    private var mostHopeful: ModelFailure {
        let passing: Set<FailureClass> = [.rateLimited, .server, .transport]
        return failures.last { passing.contains($0.failureClass) } ?? failures[0]
    }

    private var bound: Duration {
        policy.firstPause * (1 << min(max(triesHere - 1, 0), 10))
    }
}
