/// The queue that carries jobs to workers and responses to whoever listens.
public protocol JobQueue: Sendable {
    /// Publishes entries and waits until the broker has them; one outcome each, in order.
    func publish(_ entries: [OutboxEntry]) async -> [Result<PublishedEntry, QueueError>]

    /// Puts a message that cannot be used where it can be read later, and waits until the broker has it.
    func bury(_ delivery: JobDelivery, reason: String) async throws(QueueError)
}

/// The worker's end of the queue. To be used from one task tree on one loop.
public protocol JobSource: Sendable {
    /// Waits for messages; returns at least one. Throws `CancellationError`, or the reason why no more will come.
    func next() async throws -> [JobDelivery]

    /// The message has been dealt with and need not come again.
    func acknowledge(_ position: QueuePosition)

    /// For a partition of the requests topic: the offsets that are still to be delivered to this group's workers.
    /// Everything outside was delivered and acknowledged, or has been lost.
    func undelivered(partition: Int32) async throws(QueueError) -> Range<Int64>
}

/// A place in the queue.
public struct QueuePosition: Hashable, Sendable {
    /// Topic name.
    public let topic: String
    /// Partition number.
    public let partition: Int32
    /// Offset in the partition.
    public let offset: Int64

    /// Names a place.
    public init(topic: String, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}

/// A message from the queue as it came.
public struct JobDelivery: Sendable {
    /// Where it lies.
    public let position: QueuePosition
    /// Its key, if it has one.
    public let key: [UInt8]?
    /// Its value; nil for a tombstone.
    public let value: [UInt8]?

    /// Gathers a delivery.
    public init(position: QueuePosition, key: [UInt8]?, value: [UInt8]?) {
        self.position = position
        self.key = key
        self.value = value
    }
}

/// Why the queue could not do what it was asked.
public struct QueueError: Error, Sendable, CustomStringConvertible {
    /// The reason, for logs only.
    public let description: String
    /// Whether the same message may go through later.
    public let isRetryable: Bool

    /// Names a reason.
    public init(_ description: String, isRetryable: Bool = true) {
        self.description = description
        self.isRetryable = isRetryable
    }
}
