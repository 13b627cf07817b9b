import Synchronization

/// Wakes one waiting task of a loop, now or when it next waits. Rings that nobody has heard yet are one.
public final class Signal: @unchecked Sendable {
    // Safety: `isSet`, `waiter` and `timer` are touched on `loop` only; `ring` and cancellation hop there.
    private let loop: EventLoop
    private var isSet = false
    private var waiter: CheckedContinuation<Void, Never>?
    private var timer: TimerToken?
    /// Whether a ring has not reached the loop yet. It stands for those that come behind it.
    private let isOnItsWay = Atomic(false)

    /// A signal for a task of `loop`.
    public init(on loop: EventLoop) {
        self.loop = loop
    }

    /// Wakes the waiting task. Any thread.
    public func ring() {
        guard !isOnItsWay.exchange(true, ordering: .acquiringAndReleasing) else { return }
        loop.execute {
            // First, so that what is said by a later ring is not missed.
            _ = self.isOnItsWay.exchange(false, ordering: .acquiringAndReleasing)
            self.wake()
        }
    }

    /// Waits for a ring, for `limit` to pass, or for the task to be cancelled. Without a limit it waits as long as it
    /// takes. To be used from a task of the loop.
    public func wait(atMost limit: Duration? = nil) async {
        await withTaskCancellationHandler {
            if isSet || Task.isCancelled {
                isSet = false
                return
            }
            await withCheckedContinuation { continuation in
                waiter = continuation
                if let limit { timer = loop.schedule(after: limit) { self.wake() } }
            }
            isSet = false
        } onCancel: {
            ring()
        }
    }

    private func wake() {
        isSet = true
        if let timer { loop.cancel(timer) }
        timer = nil
        let woken = waiter
        waiter = nil
        woken?.resume()
    }
}
