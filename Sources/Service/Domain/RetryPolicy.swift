/// Whether a failed try of a job is followed by another one, and when. Pure: no clock and no dice of its own.
public struct RetryPolicy: Sendable, Equatable {
    /// Tries after the first one.
    public var maximumRetries = 3
    /// The bound of the pause after the first try; it doubles with each one.
    public var firstPause = Duration.seconds(1)
    /// Where that doubling ends.
    public var longestPause = Duration.seconds(60)
    /// The shortest pause of a job that a limit of our own held up, so that it cannot spin.
    public var shortestLocalPause = Duration.milliseconds(500)

    /// Starts with the defaults named at each property.
    public init() {}

    /// Failures that pass by themselves. Not among them: `timeout`, since what ran into it was paid for and would run
    /// into it again, and `malformed`, since the model was asked a second time already.
    private static let passing: Set<JobFailure.Class> = [.rateLimited, .server, .transport]

    /// What follows `failure` on the try number `attempt` (from 1); nil when the job has failed.
    ///
    /// The pause is what the failure asks for, or longer: at random below a bound that doubles (`chance` from 0 to 1;
    /// "full jitter"). All tries and pauses together stay below `limit`; `timeSpent` is what they took so far. Waiting
    /// for a limit of our own is no attempt, and neither the wait nor the pause is time spent: such a job waits as any
    /// in the queue.
    public func retry(
        after failure: JobFailure, attempt: Int, timeSpent: Duration, limit: Duration, chance: Double
    ) -> ScheduledRetry? {
        if failure.isLocalLimit {
            let pause = max(failure.retryAfter ?? .zero, shortestLocalPause)
            let timeSpent = max(timeSpent - failure.localWait, .zero)
            guard timeSpent < limit else { return nil }
            return ScheduledRetry(after: failure, pause: pause, timeSpent: timeSpent)
        }
        guard failure.isRetryable, Self.passing.contains(failure.failureClass), attempt <= maximumRetries else {
            return nil
        }
        let pause = max(failure.retryAfter ?? .zero, bound(attempt) * min(max(chance, 0), 1))
        guard timeSpent + pause < limit else { return nil }
        return ScheduledRetry(after: failure, pause: pause, timeSpent: timeSpent + pause)
    }

    private func bound(_ attempt: Int) -> Duration {
        var bound = firstPause
        for _ in 1..<max(attempt, 1) where bound < longestPause { bound *= 2 }
        return min(bound, longestPause)
    }
}
