public import Telemetry

/// Messages that the database says must go to the queue. A job's row and its entry are written in one
/// transaction, so neither exists without the other.
public protocol Outbox: Sendable {
    /// Takes up to `limit` unpublished entries, oldest first, and hides them from other relays for `lease`.
    func take(limit: Int, lease: Duration) async throws(StoreError) -> [OutboxEntry]

    /// Records where published entries went. Responses are forgotten; requests are remembered until claimed.
    func markPublished(_ published: [PublishedEntry]) async throws(StoreError)

    /// Makes entries visible again after `delay`, for those that could not be published.
    func putBack(_ sequences: [Int64], delay: Duration) async throws(StoreError)

    /// Where published requests that nobody has claimed lie, by partition, as of the database's clock.
    func unclaimed(publishedBefore age: Duration) async throws(StoreError) -> [UnclaimedRange]

    /// Makes up to `limit` unclaimed requests of one partition unpublished again: those published by
    /// `range.asOf` whose offset is outside `present`.
    func republish(_ range: UnclaimedRange, outside present: Range<Int64>, limit: Int) async throws(StoreError) -> Int
}

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
    /// What the message says.
    public let content: Content

    /// Gathers an entry.
    public init(sequence: Int64, id: JobID, createdAt: WallTime, content: Content) {
        self.sequence = sequence
        self.id = id
        self.createdAt = createdAt
        self.content = content
    }
}

/// Where an entry's message lies in the queue.
public struct PublishedEntry: Sendable {
    /// The entry.
    public let sequence: Int64
    /// The partition.
    public let partition: Int32
    /// The offset in it.
    public let offset: Int64

    /// Gathers a place.
    public init(sequence: Int64, partition: Int32, offset: Int64) {
        self.sequence = sequence
        self.partition = partition
        self.offset = offset
    }
}

/// The published but unclaimed requests of one partition.
public struct UnclaimedRange: Sendable, Equatable {
    /// The partition.
    public let partition: Int32
    /// How many there are.
    public let count: Int
    /// The least and greatest offset among them.
    public let offsets: ClosedRange<Int64>
    /// The database's clock when this was read.
    public let asOf: WallTime

    /// Gathers a range.
    public init(partition: Int32, count: Int, offsets: ClosedRange<Int64>, asOf: WallTime) {
        self.partition = partition
        self.count = count
        self.offsets = offsets
        self.asOf = asOf
    }
}
