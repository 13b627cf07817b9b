public import Telemetry

/// A job that a worker has just taken.
public struct ClaimedJob: Sendable {
    /// The hold that its result must be stored under.
    public let lease: JobLease
    /// What to do.
    public let input: JobInput
    /// 1 for the first start.
    public let attempt: Int
    /// When the job became durable.
    public let createdAt: WallTime

    /// Gathers a taken job.
    public init(lease: JobLease, input: JobInput, attempt: Int, createdAt: WallTime) {
        self.lease = lease
        self.input = input
        self.attempt = attempt
        self.createdAt = createdAt
    }
}
