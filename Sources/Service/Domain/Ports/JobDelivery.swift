public import Telemetry

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
    /// The trace that another producer's message is part of, if it says so.
    public let trace: TraceContext?

    /// Gathers a delivery.
    public init(
        position: QueuePosition, key: [UInt8]?, value: [UInt8]?, ticket: JobTicket? = nil, trace: TraceContext? = nil
    ) {
        self.position = position
        self.key = key
        self.value = value
        self.ticket = ticket
        self.trace = trace
    }
}
