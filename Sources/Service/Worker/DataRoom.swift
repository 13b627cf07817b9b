import EventLoop

/// A bounded number of bytes that tasks of one loop take and give back, in the order in which they ask. One that wants
/// more than there are gets its turn when nobody else has any.
final class DataRoom {
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

    /// Waits for `count` bytes and takes them. False, and nothing is taken, when the task is cancelled.
    func take(_ count: Int, on loop: EventLoop) async -> Bool {
        if Task.isCancelled { return false }
        if waiters.isEmpty, fits(count) {
            used += count
            return true
        }
        let waiter = Waiter(count)
        waiters.append(waiter)
        let bound = LoopBound((room: self, waiter: waiter), to: loop)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter.continuation = $0 }
        } onCancel: {
            bound.loop.execute { bound.value.room.giveUp(bound.value.waiter) }
        }
    }

    func giveBack(_ count: Int) {
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
