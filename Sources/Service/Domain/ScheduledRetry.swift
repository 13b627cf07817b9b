/// Another try of a job, to come.
public struct ScheduledRetry: Sendable, Equatable {
    /// Why the last try failed.
    public let failure: JobFailure
    /// How long from now.
    public let pause: Duration
    /// What all tries and pauses take so far, this pause included where it counts.
    public let timeSpent: Duration

    /// Names a retry.
    public init(after failure: JobFailure, pause: Duration, timeSpent: Duration) {
        self.failure = failure
        self.pause = pause
        self.timeSpent = timeSpent
    }
}
