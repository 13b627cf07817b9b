public import Telemetry

/// A job's standing at one moment.
public struct JobStatus: Sendable, Equatable {
    /// Which job.
    public var id: JobID
    /// Where it stands.
    public var state: JobState
    /// How often a worker has started it; a start that was lost in a crash does not count.
    public var attempts: Int
    /// How many jobs go before it; nil when it does not wait or the store does not know.
    public var queuePosition: Int?
    /// Seconds until it has ended, as far as can be told; nil when it has, or the store does not know.
    public var estimatedSeconds: Double?
    /// When it became durable.
    public var createdAt: WallTime
    /// When a worker first took it.
    public var startedAt: WallTime?
    /// When it ended.
    public var completedAt: WallTime?
    /// What it waits for, if a try has failed.
    public var retry: PendingRetry?

    /// Gathers a standing.
    public init(
        id: JobID, state: JobState, attempts: Int, queuePosition: Int? = nil, estimatedSeconds: Double? = nil,
        createdAt: WallTime, startedAt: WallTime? = nil, completedAt: WallTime? = nil, retry: PendingRetry? = nil
    ) {
        self.id = id
        self.state = state
        self.attempts = attempts
        self.queuePosition = queuePosition
        self.estimatedSeconds = estimatedSeconds
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.retry = retry
    }
}
