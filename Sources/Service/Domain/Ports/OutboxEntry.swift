import JSON
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
    /// Whether the table and the text of an end, or the data of a job, are too large for a message and not here.
    public let isLeftOut: Bool
    /// The trace that the job is part of.
    public let trace: TraceContext?

    /// Gathers an entry.
    public init(
        sequence: Int64, id: JobID, createdAt: WallTime, client: String? = nil, content: Content,
        isLeftOut: Bool = false, trace: TraceContext? = nil
    ) {
        self.sequence = sequence
        self.id = id
        self.createdAt = createdAt
        self.client = client
        self.content = content
        self.isLeftOut = isLeftOut
        self.trace = trace
    }

    /// About what a message of it takes: query, data, table and text.
    public var bytes: Int {
        switch content {
        case .request(let input): 128 + input.query.utf8.count + (input.data?.bytes.count ?? 0)
        case .response(.completed(let output, _), _): 128 + output.bytes
        case .response: 128
        }
    }
}
