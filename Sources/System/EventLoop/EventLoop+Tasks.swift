extension EventLoop {
    /// Runs `body` as the root of a task tree on this loop. Any thread. For the few roots of the program and for
    /// connections, whose ends somebody keeps account of; work on the request path uses child tasks.
    @discardableResult
    public func spawn<Success: Sendable>(
        _ body: sending @escaping () async throws -> Success
    ) -> Task<Success, any Error> {
        Task(executorPreference: self, operation: body)
    }

    /// Calls `body` on this loop's thread and brings its value back. Any thread; the loop must be running.
    public func perform<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        if isCurrent { return body() }
        return await withCheckedContinuation { continuation in
            execute { continuation.resume(returning: body()) }
        }
    }

    /// Suspends the calling task for `duration`, on this loop's timers. Ends early with `CancellationError` when
    /// the task is cancelled.
    public func sleep(for duration: Duration) async throws(CancellationError) {
        preconditionInLoop()
        let pause = Pause(loop: self)
        await withTaskCancellationHandler {
            await pause.wait(for: duration)
        } onCancel: {
            execute { pause.end() }
        }
        if Task.isCancelled { throw CancellationError() }
    }

    /// The same for work that goes on until it is cancelled: `while await loop.pause(for: …)`. False, in place of an
    /// error, when the task is cancelled.
    @discardableResult
    public func pause(for duration: Duration) async -> Bool {
        do throws(CancellationError) {
            try await sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}

/// One sleeping task: a timer and a continuation, whichever ends it first.
private final class Pause: @unchecked Sendable {
    // Safety: touched on `loop` only; `onCancel` hops there first.
    private let loop: EventLoop
    private var continuation: CheckedContinuation<Void, Never>?
    private var timer: TimerToken?
    private var hasEnded = false

    init(loop: EventLoop) {
        self.loop = loop
    }

    func wait(for duration: Duration) async {
        if hasEnded || Task.isCancelled { return }
        await withCheckedContinuation { continuation in
            self.continuation = continuation
            timer = loop.schedule(after: duration) { self.end() }
        }
    }

    func end() {
        hasEnded = true
        if let timer { loop.cancel(timer) }
        timer = nil
        continuation?.resume()
        continuation = nil
    }
}
