import EventLoop

/// One value that comes later, and the one task that waits for it. Everything here runs on the loop.
final class Reply<Value: Sendable>: @unchecked Sendable {
    // Safety: touched on `loop` only, which `resolve` and `value` check.
    private let loop: EventLoop
    private var continuation: CheckedContinuation<Value?, Never>?
    private var timer: TimerToken?
    private var value: Value?
    private var isSettled = false

    init(on loop: EventLoop) {
        self.loop = loop
    }

    /// Gives the value; only the first call counts. It may come before anybody waits.
    func resolve(_ value: Value) {
        settle(value)
    }

    /// Waits for the value; nil when `limit` passes first.
    func value(within limit: Duration? = nil) async -> Value? {
        loop.preconditionInLoop()
        if isSettled { return value }
        return await withCheckedContinuation { continuation in
            self.continuation = continuation
            if let limit { timer = loop.schedule(after: limit) { self.settle(nil) } }
        }
    }

    private func settle(_ value: Value?) {
        loop.preconditionInLoop()
        guard !isSettled else { return }
        isSettled = true
        self.value = value
        if let timer { loop.cancel(timer) }
        continuation?.resume(returning: value)
        continuation = nil
    }
}
