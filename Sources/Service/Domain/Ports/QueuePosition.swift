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
