public import Telemetry

/// A job that a worker has just taken.
public struct ClaimedJob: Sendable {
    /// Larger data are asked for when there is room for them: see `JobLedger.data`.
    public static let largestDataAtHand = 65_536

    /// The hold that its result must be stored under.
    public let lease: JobLease
    /// What to do, without data of more than `largestDataAtHand` bytes.
    public var input: JobInput
    /// The size of the data that are not here, in bytes; 0 where all is.
    public let dataBytesLeft: Int
    /// 1 for the first start.
    public let attempt: Int
    /// When the job became durable.
    public let createdAt: WallTime
    /// What earlier tries and the pauses between them took.
    public let timeSpent: Duration
    /// Whose job it is.
    public let client: String

    /// Gathers a taken job.
    public init(
        lease: JobLease, input: JobInput, attempt: Int, createdAt: WallTime, timeSpent: Duration = .zero,
        client: String = "", dataBytesLeft: Int = 0
    ) {
        self.lease = lease
        self.input = input
        self.attempt = attempt
        self.createdAt = createdAt
        self.timeSpent = timeSpent
        self.client = client
        self.dataBytesLeft = dataBytesLeft
    }
}
