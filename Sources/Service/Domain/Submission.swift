/// What came of a submission.
public enum Submission: Sendable, Equatable {
    /// A new job is durable.
    case accepted(JobID)
    /// The key was used for the same payload before; this is the job it made.
    case repeated(JobID)
    /// The key was used for another payload.
    case keyReused
}
