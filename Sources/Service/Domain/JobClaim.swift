public import Telemetry

/// Grows by one each time a worker takes the job, so that a late worker's result is told from the present one's
/// and refused (a fencing token).
public struct FencingToken: Hashable, Sendable {
    /// 1 for the first worker.
    public let value: Int64

    /// Wraps a stored token.
    public init(_ value: Int64) {
        self.value = value
    }
}

/// A worker's hold on a job.
public struct JobLease: Hashable, Sendable {
    /// Which job.
    public let id: JobID
    /// Which taking of it.
    public let token: FencingToken

    /// Names a hold.
    public init(id: JobID, token: FencingToken) {
        self.id = id
        self.token = token
    }
}

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

/// What came of an attempt to take a job.
public enum ClaimOutcome: Sendable {
    /// It is ours now.
    case claimed(ClaimedJob)
    /// It is not waiting: someone runs it, or it has ended. There is nothing to do.
    case notWaiting(JobState)
    /// No such job is stored.
    case unknown
}
