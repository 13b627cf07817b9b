/// What became of jobs whose worker was lost.
public struct RecoveredJobs: Sendable, Equatable {
    /// Back in the queue.
    public let requeued: Int
    /// Failed, since they were lost too often.
    public let failed: Int

    /// Gathers the counts.
    public init(requeued: Int, failed: Int) {
        self.requeued = requeued
        self.failed = failed
    }

    /// All of them.
    public var count: Int { requeued + failed }
}
