/// The worker's end of the queue. To be used from one task tree on one loop.
public protocol JobSource: Sendable {
    /// Waits for messages; returns at least one. Throws `CancellationError`, or the reason why no more will come.
    func next() async throws -> [JobDelivery]

    /// Stops the flow of messages for a while: what was fetched and not handed out comes again after `resume`.
    /// Doing it twice is as good as once.
    func pause()

    /// Ends `pause`.
    func resume()

    /// From now on `handler` hears which partitions are taken away, on the source's loop and before any other member
    /// of the group gets them: messages of theirs that are not being worked on yet are another's business.
    func onRevoked(_ handler: @escaping @Sendable (Set<Int32>) -> Void)

    /// The message has been dealt with and need not come again.
    func acknowledge(_ position: QueuePosition)

    /// For a partition of the requests topic: the offsets that are still to be delivered to this group's workers.
    /// Everything outside was delivered and acknowledged, or has been lost.
    func undelivered(partition: Int32) async throws(QueueError) -> Range<Int64>
}
