/// A message from the queue as it came.
public struct JobDelivery: Sendable {
    /// Where it lies.
    public let position: QueuePosition
    /// Its key, if it has one.
    public let key: [UInt8]?
    /// Its value; nil for a tombstone, and when there is a ticket.
    public let value: [UInt8]?
    /// What our own outbox says of the job; its row exists. Nil for another producer's message.
    public let ticket: JobTicket?

    /// Gathers a delivery.
    public init(position: QueuePosition, key: [UInt8]?, value: [UInt8]?, ticket: JobTicket? = nil) {
        self.position = position
        self.key = key
        self.value = value
        self.ticket = ticket
    }
}
