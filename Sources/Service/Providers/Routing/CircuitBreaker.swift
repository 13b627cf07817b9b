import Domain
import EventLoop

/// Whether a provider is asked at all: not while it keeps failing, and not while its tokens are used up. Pure: told the
/// time by whoever asks.
struct CircuitBreaker: Equatable {
    /// When it opens and for how long.
    struct Limits: Equatable {
        /// So many failures within `window` open it.
        var failures = 5
        /// The time in which failures count together.
        var window = Duration.seconds(30)
        /// How long it stays open at first; the time doubles with each probe that fails.
        var firstOpenTime = Duration.seconds(5)
        /// Where that doubling ends.
        var longestOpenTime = Duration.seconds(120)
        /// How long a provider rests whose tokens are used up.
        var quotaPause = Duration.seconds(300)

        /// Stays closed whatever happens.
        static let never = Limits(failures: .max, window: .zero, quotaPause: .zero)
    }

    /// What a caller may do.
    enum Admission: Equatable {
        /// Call.
        case call
        /// Call; nobody else may until this one has ended.
        case probe
        /// Do not call; so long it stays so.
        case refused(Duration, isQuota: Bool)
    }

    private enum State: Equatable {
        case closed
        case open(until: MonotonicTime)
        case probing(since: MonotonicTime)
    }

    private let limits: Limits
    private var state = State.closed
    private var recent: [MonotonicTime] = []
    private var openTime: Duration
    private var quotaUntil: MonotonicTime?

    init(_ limits: Limits = Limits()) {
        self.limits = limits
        openTime = limits.firstOpenTime
    }

    /// Asks to make a call.
    mutating func admit(at now: MonotonicTime) -> Admission {
        if let quotaUntil, quotaUntil > now { return .refused(quotaUntil - now, isQuota: true) }
        quotaUntil = nil
        switch state {
        case .closed: return .call
        case .open(let until) where until > now: return .refused(until - now, isQuota: false)
        case .open:
            state = .probing(since: now)
            return .probe
        case .probing: return .refused(limits.firstOpenTime, isQuota: false)
        }
    }

    /// A call has brought an answer, or a failure that shows the provider alive.
    mutating func succeeded(isProbe: Bool) {
        guard isProbe || state == .closed else { return }
        state = .closed
        recent = []
        openTime = limits.firstOpenTime
    }

    /// A call has failed. Only what says that the provider is unwell counts.
    mutating func failed(_ failure: ModelFailure, isProbe: Bool, at now: MonotonicTime) {
        switch failure.failureClass {
        case .server, .transport, .timeout: countFailure(isProbe: isProbe, at: now)
        case .quotaExhausted:
            quotaUntil = now + max(failure.retryAfter ?? .zero, limits.quotaPause)
            succeeded(isProbe: isProbe)
        case .cancelled: withdrawn(isProbe: isProbe, at: now)
        // A refusal of our own, before anything was sent.
        case _ where failure.status == nil: withdrawn(isProbe: isProbe, at: now)
        default: succeeded(isProbe: isProbe)
        }
    }

    /// A call ended before it said anything of the provider.
    mutating func withdrawn(isProbe: Bool, at now: MonotonicTime) {
        if isProbe { state = .open(until: now) }
    }

    private mutating func countFailure(isProbe: Bool, at now: MonotonicTime) {
        if isProbe {
            openTime = min(openTime * 2, limits.longestOpenTime)
            state = .open(until: now + openTime)
            return
        }
        guard state == .closed else { return }
        recent = recent.filter { now - $0 < limits.window } + [now]
        guard recent.count >= limits.failures else { return }
        recent = []
        state = .open(until: now + openTime)
    }

    /// For operators: `closed`, `open`, `half-open` or `quota`.
    func name(at now: MonotonicTime) -> String {
        if let quotaUntil, quotaUntil > now { return "quota" }
        switch state {
        case .closed: return "closed"
        case .open(let until): return until > now ? "open" : "half-open"
        case .probing: return "half-open"
        }
    }
}
