/// How a worker's hold ends.
public enum JobEnd: Sendable {
    /// With an answer.
    case completed(JobOutput)
    /// Without one.
    case failed(JobFailure)
}
