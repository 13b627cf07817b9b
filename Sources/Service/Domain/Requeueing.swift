/// What came of the wish to run an ended job again.
public enum Requeueing: Sendable, Equatable {
    /// It waits in the queue as if it had just been submitted.
    case queued
    /// It is neither failed nor cancelled, and was left alone.
    case refused(JobState)
    /// No such job is stored.
    case unknown
}
