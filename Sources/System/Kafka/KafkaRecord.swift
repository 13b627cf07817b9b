/// A record to send.
public struct KafkaRecord: Hashable, Sendable {
    /// The topic's name.
    public var topic: String
    /// The partition; nil leaves it to the producer's `Partitioning`.
    public var partition: Int32?
    /// The key; nil is a null, which is not the same as empty.
    public var key: [UInt8]?
    /// The value; nil is a tombstone.
    public var value: [UInt8]?
    /// Headers in order.
    public var headers: [KafkaHeader]
    /// Milliseconds since 1970-01-01 UTC; nil for the moment of sending.
    public var timestamp: Int64?

    /// Describes a record. Nothing is checked here; the broker's limits on size apply when it is sent.
    public init(
        topic: String,
        partition: Int32? = nil,
        key: [UInt8]? = nil,
        value: [UInt8]?,
        headers: [KafkaHeader] = [],
        timestamp: Int64? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
        self.timestamp = timestamp
    }
}
