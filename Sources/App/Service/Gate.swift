import EventLoop

/// Holds tasks of one loop back until it is opened, for good.
final class Gate: @unchecked Sendable {
    // Safety: touched on `loop` only, which each entry checks; cancellation hops there first.
    private let loop: EventLoop
    private var isOpen = false
    private var waiting: [Waiter] = []

    private final class Waiter: @unchecked Sendable {
        // Safety: touched on the gate's loop only.
        var continuation: CheckedContinuation<Void, Never>?

        func wake() {
            let waiting = continuation
            continuation = nil
            waiting?.resume()
        }
    }

    init(on loop: EventLoop) {
        self.loop = loop
    }

    func open() {
        loop.preconditionInLoop()
        isOpen = true
        let woken = waiting
        waiting = []
        for waiter in woken { waiter.wake() }
    }

    /// Returns when the gate is open or the task is cancelled.
    func wait() async {
        loop.preconditionInLoop()
        let waiter = Waiter()
        await withTaskCancellationHandler {
            if isOpen || Task.isCancelled { return }
            await withCheckedContinuation { continuation in
                waiter.continuation = continuation
                waiting.append(waiter)
            }
        } onCancel: {
            loop.execute { waiter.wake() }
        }
    }
}
