/// What has come of a job.
public enum JobResult: Sendable, Equatable {
    /// Nothing yet.
    case unfinished(JobState)
    /// An answer, and the seconds from the worker's start to its end.
    case completed(JobOutput, processingSeconds: Double)
    /// No answer, and why.
    case failed(JobFailure)
    /// No answer: the client did not want it any more.
    case cancelled
}
