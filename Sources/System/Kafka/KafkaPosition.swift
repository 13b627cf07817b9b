/// Where a record was stored.
public struct KafkaPosition: Hashable, Sendable {
    /// The topic's name.
    public let topic: String
    /// The partition, from 0.
    public let partition: Int32
    /// The record's offset in the partition, from 0.
    public let offset: Int64

    /// Names a position.
    public init(topic: String, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}
