/// Where an entry's message lies in the queue.
public struct PublishedEntry: Sendable {
    /// The entry.
    public let sequence: Int64
    /// The job that it is about.
    public let id: JobID
    /// Whether it is a job to do; otherwise it is news of an end.
    public let isRequest: Bool
    /// The partition.
    public let partition: Int32
    /// The offset in it.
    public let offset: Int64

    /// Gathers a place.
    public init(_ entry: OutboxEntry, partition: Int32, offset: Int64) {
        sequence = entry.sequence
        id = entry.id
        isRequest = if case .request = entry.content { true } else { false }
        self.partition = partition
        self.offset = offset
    }
}
