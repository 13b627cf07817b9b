public import Domain
import EventLoop

/// The gate of one credential: calls wait here for a slot and a token of the rate. Any thread; callers are tasks of
/// loops, and each goes on on its own. A `GateKeeper` has to run, or nobody comes through.
///
/// A call that is under way when its lease runs out is not cut off, since its provider works on it all the same; no
/// new one begins until the ledger has been asked again.
public final class ProviderGate: CallGate, WorkCapacity {
    private typealias Turn = Result<Duration, ModelFailure>

    private struct Content {
        var state: GateState
        var continuations: [UInt64: CheckedContinuation<Turn, Never>] = [:]
        var cancelled: Set<UInt64> = []
        var lastCaller: UInt64 = 0
        var onGrowth: (@Sendable () -> Void)?
        var onNeed: (@Sendable () -> Void)?
    }

    /// Names what the gate bounds, the same in all processes: no secret, so rather a hash of the credential.
    public let resource: String
    private let content: Lock<Content>

    /// A gate; above `maximumWaiting` waiting callers further ones are turned away.
    public init(_ resource: String, limit: CapacityLimit, maximumWaiting: Int = 10_000) {
        self.resource = resource
        content = Lock(Content(state: GateState(resource, limit: limit, maximumWaiting: maximumWaiting)))
    }

    /// See `CallGate`. When too many wait already it throws `.rateLimited`.
    public func enter(client: String, within budget: Duration) async throws(ModelFailure) -> CallPermit {
        guard let loop = EventLoop.current else { preconditionFailure("gates are entered from loop tasks only") }
        let caller = content.withLock { content in
            content.lastCaller += 1
            return content.lastCaller
        }
        let timer = loop.schedule(after: budget) {
            self.turnAway(caller, ModelFailure(.timeout, "no slot became free in time", localWait: budget))
        }
        let turn = await withTaskCancellationHandler {
            await withCheckedContinuation { self.line(up: caller, client, $0) }
        } onCancel: {
            self.cancel(caller)
        }
        loop.cancel(timer)
        content.withLock { content in _ = content.cancelled.remove(caller) }
        let waited = try turn.get()
        return CallPermit(waited: waited) { self.leave(caller) }
    }

    /// How the gate stands.
    public var snapshot: GateSnapshot { content.withLock { $0.state.snapshot(at: .now) } }

    /// The slots that this process can use, as far as they are wanted.
    public func room(wanting wanted: Int) -> Int {
        let usable = content.withLock { content in
            content.state.want(max(0, wanted))
            return content.state.usable(at: .now)
        }
        askIfNeeded()
        return usable
    }

    /// See `WorkCapacity`.
    public func onGrowth(_ body: @escaping @Sendable () -> Void) {
        content.withLock { $0.onGrowth = body }
    }

    // MARK: The keeper's side

    func onNeed(_ body: @escaping @Sendable () -> Void) {
        content.withLock { $0.onNeed = body }
    }

    func wish(at now: MonotonicTime) -> CapacityWish {
        content.withLock { $0.state.wish(at: now) }
    }

    func take(_ grant: CapacityGrant, lease: Duration, askedAt asked: MonotonicTime) {
        let now = MonotonicTime.now
        let listener = content.withLock { content in
            content.state.take(grant, lease: lease, askedAt: asked, now: now)
            return content.onGrowth
        }
        letIn()
        listener?()
    }

    func wantsExchange(at now: MonotonicTime) -> Bool {
        content.withLock { $0.state.wantsExchange(at: now) }
    }

    var nextTime: MonotonicTime? { content.withLock { $0.state.nextTime } }

    // MARK: The callers' side

    private func line(up caller: UInt64, _ client: String, _ continuation: CheckedContinuation<Turn, Never>) {
        let refusal: ModelFailure? = content.withLock { content in
            if content.cancelled.contains(caller) { return ModelFailure(.cancelled, "cancelled before its turn") }
            guard content.state.enter(caller, of: client, at: .now) else {
                return ModelFailure(.rateLimited, "too many calls wait for a slot", localWait: .zero)
            }
            content.continuations[caller] = continuation
            return nil
        }
        if let refusal { return continuation.resume(returning: .failure(refusal)) }
        letIn()
    }

    private func cancel(_ caller: UInt64) {
        content.withLock { content in _ = content.cancelled.insert(caller) }
        turnAway(caller, ModelFailure(.cancelled, "cancelled before its turn"))
    }

    private func turnAway(_ caller: UInt64, _ failure: ModelFailure) {
        let waiting = content.withLock { content in
            content.state.abandon(caller) ? content.continuations.removeValue(forKey: caller) : nil
        }
        waiting?.resume(returning: .failure(failure))
        askIfNeeded()
    }

    private func leave(_ caller: UInt64) {
        content.withLock { $0.state.leave(caller) }
        letIn()
    }

    private func letIn() {
        let admitted = content.withLock { content in
            content.state.admit(at: .now).compactMap { admission in
                content.continuations.removeValue(forKey: admission.caller).map { ($0, admission.waited) }
            }
        }
        for (continuation, waited) in admitted { continuation.resume(returning: .success(waited)) }
        askIfNeeded()
    }

    private func askIfNeeded() {
        let ask = content.withLock { $0.state.wantsExchange(at: .now) ? $0.onNeed : nil }
        ask?()
    }
}
