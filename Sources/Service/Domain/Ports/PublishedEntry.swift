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
