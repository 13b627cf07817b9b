/// What became of jobs whose worker was lost.
public struct RecoveredJobs: Sendable, Equatable {
    /// Back in the queue.
    public let requeued: [JobID]
    /// Failed, since they were lost too often.
    public let failed: Int

    /// Gathers them.
    public init(requeued: [JobID], failed: Int) {
        self.requeued = requeued
        self.failed = failed
    }

    /// All of them.
    public var count: Int { requeued.count + failed }
}
