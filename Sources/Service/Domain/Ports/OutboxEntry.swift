public import Telemetry

/// One message to publish.
public struct OutboxEntry: Sendable {
    /// What the message says.
    public enum Content: Sendable {
        /// A job to do.
        case request(JobInput)
        /// What came of a job, and the seconds it took.
        case response(JobResult, processingSeconds: Double)
    }

    /// Position in the outbox; names the entry.
    public let sequence: Int64
    /// Which job.
    public let id: JobID
    /// When the job became durable.
    public let createdAt: WallTime
    /// Who has submitted the job; nil when it does not matter.
    public let client: String?
    /// What the message says.
    public let content: Content
    /// The trace that the job is part of.
    public let trace: TraceContext?

    /// Gathers an entry.
    public init(
        sequence: Int64, id: JobID, createdAt: WallTime, client: String? = nil, content: Content,
        trace: TraceContext? = nil
    ) {
        self.sequence = sequence
        self.id = id
        self.createdAt = createdAt
        self.client = client
        self.content = content
        self.trace = trace
    }
}
