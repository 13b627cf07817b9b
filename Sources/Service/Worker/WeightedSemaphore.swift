import EventLoop

/// A bounded number of permits that tasks of one loop acquire, one or several at a time, and release, in the order in
/// which they ask. Who wants more than there are gets its turn when nobody else has any.
final class WeightedSemaphore {
    private let limit: Int
    private var used = 0
    private var waiters: [Waiter] = []

    /// A place in line. Whoever waits in it may be told to give up by `withdraw`.
    final class Waiter {
        fileprivate let count: Int
        private var continuation: CheckedContinuation<Bool, Never>?
        /// Whether the permits were acquired, once that is known.
        private var outcome: Bool?

        fileprivate init(_ count: Int) {
            self.count = count
        }

        /// Waits until the permits are acquired; false when that was given up. To be called once.
        func wait() async -> Bool {
            if let outcome { return outcome }
            return await withCheckedContinuation { continuation = $0 }
        }

        fileprivate func end(_ isAcquired: Bool) {
            outcome = isAcquired
            continuation?.resume(returning: isAcquired)
            continuation = nil
        }
    }

    init(_ limit: Int) {
        self.limit = limit
    }

    /// Acquires `count` permits if nobody has to be waited for.
    func acquireNow(_ count: Int) -> Bool {
        guard waiters.isEmpty, fits(count) else { return false }
        used += count
        return true
    }

    /// Waits for `count` permits and acquires them. False, and nothing is acquired, when the task is cancelled.
    func acquire(_ count: Int, on loop: EventLoop) async -> Bool {
        if Task.isCancelled { return false }
        if acquireNow(count) { return true }
        let waiter = queue(count)
        let bound = LoopBound((semaphore: self, waiter: waiter), to: loop)
        return await withTaskCancellationHandler {
            await waiter.wait()
        } onCancel: {
            bound.loop.execute { bound.value.semaphore.withdraw(bound.value.waiter) }
        }
    }

    /// Takes a place in line for `count` permits, behind all others.
    func queue(_ count: Int) -> Waiter {
        let waiter = Waiter(count)
        waiters.append(waiter)
        wakeNext()
        return waiter
    }

    /// Gives a place in line up, unless it has had its turn.
    func withdraw(_ waiter: Waiter) {
        guard let index = waiters.firstIndex(where: { $0 === waiter }) else { return }
        waiters.remove(at: index)
        waiter.end(false)
        wakeNext()
    }

    func release(_ count: Int) {
        used -= count
        wakeNext()
    }

    private func fits(_ count: Int) -> Bool { used == 0 || used + count <= limit }

    private func wakeNext() {
        while let first = waiters.first, fits(first.count) {
            waiters.removeFirst()
            used += first.count
            first.end(true)
        }
    }
}
