import EventLoop

/// Turns submissions away while too many jobs are unfinished.
///
/// Somebody counts the jobs every second; in between only this process's own submissions are added, so that no request
/// costs a query. With several processes the bound may be overrun by what the others accept in that second, and a place
/// that becomes free is noticed at the next count. A job that becomes durable while a count is under way may be part of
/// it and is added all the same: close to the bound a submission may be refused early, until the next count. May be
/// used from any thread.
public final class QueueLimit: Sendable {
    private struct State {
        /// Unfinished jobs at the last count.
        var counted = 0
        /// Submissions let in and neither durable nor given up yet: no count need have seen them.
        var pending = 0
        /// Those that became durable since that count began.
        var settled = 0
        /// Those of them that were durable when the count under way began, and are part of it.
        var settledBeforeCount = 0
    }

    /// Unfinished jobs of all instances together.
    public let maximum: Int
    private let state = Lock(State())

    /// A limit that knows of no jobs yet.
    public init(_ maximum: Int) {
        self.maximum = maximum
    }

    /// To be called when the counting begins: what is not durable by now may not be part of it.
    public func beginCount() {
        state.withLock { $0.settledBeforeCount = $0.settled }
    }

    /// Takes the outcome of the counting that began last. Without it, what was known before holds on.
    public func finishCount(_ unfinished: Int) {
        state.withLock { state in
            state.counted = unfinished
            state.settled -= state.settledBeforeCount
            state.settledBeforeCount = 0
        }
    }

    /// Whether there is room for one more job, which is taken then. To be followed by `settle` or `withdraw`.
    func admit() -> Bool {
        state.withLock { state in
            guard state.counted + state.pending + state.settled < maximum else { return false }
            state.pending += 1
            return true
        }
    }

    /// The submission's job is durable.
    func settle() {
        state.withLock { state in
            state.pending -= 1
            state.settled += 1
        }
    }

    /// Gives back the place of a submission that made no job.
    func withdraw() {
        state.withLock { $0.pending -= 1 }
    }
}
