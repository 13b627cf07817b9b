/// A job that another producer put into the queue.
public struct AdoptedJob: Sendable {
    /// Which job, and whose.
    public let ticket: JobTicket
    /// What to do.
    public let input: JobInput
    /// Where its message lies.
    public let position: QueuePosition

    /// Gathers a job.
    public init(ticket: JobTicket, input: JobInput, position: QueuePosition) {
        self.ticket = ticket
        self.input = input
        self.position = position
    }
}
