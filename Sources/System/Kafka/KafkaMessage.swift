/// A record that was received: plain values, independent of the client that read it.
public struct KafkaMessage: Hashable, Sendable {
    /// The topic's name.
    public let topic: String
    /// The partition, from 0.
    public let partition: Int32
    /// The offset in the partition. Commit `offset + 1` when this one is dealt with.
    public let offset: Int64
    /// The key, or nil for a null.
    public let key: [UInt8]?
    /// The value, or nil for a tombstone.
    public let value: [UInt8]?
    /// Headers in order.
    public let headers: [KafkaHeader]
    /// Milliseconds since 1970-01-01 UTC, set by the producer or the broker; nil when there is none.
    public let timestamp: Int64?

    /// Describes a message; for tests of code that receives them.
    public init(
        topic: String,
        partition: Int32,
        offset: Int64,
        key: [UInt8]? = nil,
        value: [UInt8]?,
        headers: [KafkaHeader] = [],
        timestamp: Int64? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.key = key
        self.value = value
        self.headers = headers
        self.timestamp = timestamp
    }

    /// The partition that the message came from.
    public var topicPartition: TopicPartition {
        TopicPartition(topic: topic, partition: partition)
    }
}
