import EventLoop

/// Holds tasks of one loop back until it is opened, for good.
final class Gate: @unchecked Sendable {
    // Safety: touched on `loop` only, which each entry checks; cancellation hops there.
    private let loop: EventLoop
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(on loop: EventLoop) {
        self.loop = loop
    }

    func open() {
        loop.preconditionInLoop()
        isOpen = true
        let woken = waiting
        waiting = []
        for continuation in woken { continuation.resume() }
    }

    /// Returns when the gate is open, or when the task is cancelled and the gate is opened for the shutdown.
    func wait() async {
        loop.preconditionInLoop()
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }
}
