import EventLoop

/// Turns submissions away while too many jobs are unfinished.
///
/// Somebody counts the jobs every second; in between only this process's own submissions are added, so that no request
/// costs a query. With several processes the bound may be overrun by what the others accept in that second, and a place
/// that becomes free is noticed at the next count. May be used from any thread.
public final class QueueLimit: Sendable {
    private struct State {
        /// Unfinished jobs at the last count.
        var counted = 0
        /// Submissions let in since that count began.
        var admitted = 0
        /// Those of them that were let in before the count under way began.
        var admittedBeforeCount = 0
    }

    /// Unfinished jobs of all instances together.
    public let maximum: Int
    private let state = Lock(State())

    /// A limit that knows of no jobs yet.
    public init(_ maximum: Int) {
        self.maximum = maximum
    }

    /// To be called when the counting begins: submissions from now on may not be part of it.
    public func beginCount() {
        state.withLock { $0.admittedBeforeCount = $0.admitted }
    }

    /// Takes the outcome of the counting that began last. Without it, what was known before holds on.
    public func finishCount(_ unfinished: Int) {
        state.withLock { state in
            state.counted = unfinished
            state.admitted = max(state.admitted - state.admittedBeforeCount, 0)
            state.admittedBeforeCount = 0
        }
    }

    /// Whether there is room for one more job, which is taken then.
    func admit() -> Bool {
        state.withLock { state in
            guard state.counted + state.admitted < maximum else { return false }
            state.admitted += 1
            return true
        }
    }

    /// Gives back the place of a submission that made no job.
    func withdraw() {
        state.withLock { $0.admitted = max($0.admitted - 1, 0) }
    }
}
