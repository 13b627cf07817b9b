/// How far a group has come in a partition.
public struct KafkaGroupOffsets: Sendable, Equatable {
    /// The partition, from 0.
    public let partition: Int32
    /// The offsets of the messages that are there.
    public let present: Range<Int64>
    /// The offset that the group goes on from; nil when it has committed none.
    public let committed: Int64?

    /// Messages that are there and not committed. A group without a commit begins with the oldest one.
    public var lag: Int64 {
        max(0, present.upperBound - max(committed ?? present.lowerBound, present.lowerBound))
    }
}
