/// What came of the wish to cancel a job.
public struct Cancellation: Sendable, Equatable {
    /// Where the job stands now.
    public let status: JobStatus
    /// Whether this wish is what ended it.
    public let isNew: Bool

    /// Tells what came of it.
    public init(status: JobStatus, isNew: Bool) {
        self.status = status
        self.isNew = isNew
    }
}
