import EventLoop

/// A bounded number of permits that tasks of one loop acquire, one or several at a time, and release, in the order in
/// which they ask. Who wants more than there are gets its turn when nobody else has any.
final class WeightedSemaphore {
    private let limit: Int
    private var used = 0
    private var waiters: [Waiter] = []

    private final class Waiter {
        let count: Int
        var continuation: CheckedContinuation<Bool, Never>?

        init(_ count: Int) {
            self.count = count
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
        let waiter = Waiter(count)
        waiters.append(waiter)
        let bound = LoopBound((semaphore: self, waiter: waiter), to: loop)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter.continuation = $0 }
        } onCancel: {
            bound.loop.execute { bound.value.semaphore.giveUp(bound.value.waiter) }
        }
    }

    func release(_ count: Int) {
        used -= count
        wakeNext()
    }

    private func fits(_ count: Int) -> Bool { used == 0 || used + count <= limit }

    private func giveUp(_ waiter: Waiter) {
        guard let index = waiters.firstIndex(where: { $0 === waiter }) else { return }
        waiters.remove(at: index)
        waiter.continuation?.resume(returning: false)
        wakeNext()
    }

    private func wakeNext() {
        while let first = waiters.first, fits(first.count) {
            waiters.removeFirst()
            used += first.count
            first.continuation?.resume(returning: true)
        }
    }
}
