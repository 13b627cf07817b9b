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
