/// The queue that carries jobs to workers and responses to whoever listens.
public protocol JobQueue: Sendable {
    /// Publishes entries and waits until the broker has them; one outcome each, in order.
    func publish(_ entries: [OutboxEntry]) async -> [Result<PublishedEntry, QueueError>]

    /// Puts a message that cannot be used where it can be read later, and waits until the broker has it.
    func bury(_ delivery: JobDelivery, reason: String) async throws(QueueError)
}
