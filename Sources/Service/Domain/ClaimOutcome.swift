/// What came of an attempt to take a job.
public enum ClaimOutcome: Sendable {
    /// It is ours now.
    case claimed(ClaimedJob)
    /// It is not waiting: someone runs it, or it has ended. There is nothing to do.
    case notWaiting(JobState)
    /// No such job is stored.
    case unknown
    /// It is ours now, but what is stored of it cannot be read; the reason is for logs only.
    case unreadable(JobLease, reason: String)
}
