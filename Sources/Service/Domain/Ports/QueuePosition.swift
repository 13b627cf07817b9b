/// A place in the queue.
public struct QueuePosition: Hashable, Sendable {
    /// Topic name.
    public let topic: String
    /// Partition number.
    public let partition: Int32
    /// Offset in the partition.
    public let offset: Int64
    /// Which pass over the partition it was read in: after a loss of the broker's log the same offset is another
    /// message. Only the source that gave it knows what it means; 0 elsewhere.
    public let pass: Int

    /// Names a place.
    public init(topic: String, partition: Int32, offset: Int64, pass: Int = 0) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.pass = pass
    }
}
