public import Domain
import EventLoop

/// A provider as the router sees it: with its gate, its limit and its breaker.
public final class RoutedProvider: Sendable {
    /// Who answers.
    public let provider: any ModelProvider
    let gate: any CallGate
    let maximumTokens: Int?
    private let breaker: Lock<CircuitBreaker>

    /// `maximumTokens` bounds one question and, apart from it, its answer; nil leaves both to the provider. `canRest`
    /// says whether it is left alone while it keeps failing: what fails on purpose is not.
    public convenience init(
        _ provider: any ModelProvider, gate: any CallGate, maximumTokens: Int? = nil, canRest: Bool = true
    ) {
        let limits = canRest ? CircuitBreaker.Limits() : CircuitBreaker.Limits.never
        self.init(provider, gate: gate, maximumTokens: maximumTokens, limits: limits)
    }

    init(_ provider: any ModelProvider, gate: any CallGate, maximumTokens: Int?, limits: CircuitBreaker.Limits) {
        self.provider = provider
        self.gate = gate
        self.maximumTokens = maximumTokens
        breaker = Lock(CircuitBreaker(limits))
    }

    /// The breaker for operators: `closed`, `open`, `half-open` or `quota`.
    public var breakerState: String { breaker.withLock { $0.name(at: .now) } }

    func admit() -> CircuitBreaker.Admission { breaker.withLock { $0.admit(at: .now) } }

    func succeeded(isProbe: Bool) { breaker.withLock { $0.succeeded(isProbe: isProbe) } }

    func failed(_ failure: ModelFailure, isProbe: Bool) {
        breaker.withLock { $0.failed(failure, isProbe: isProbe, at: .now) }
    }

    func withdrawn(isProbe: Bool) { breaker.withLock { $0.withdrawn(isProbe: isProbe, at: .now) } }
}
