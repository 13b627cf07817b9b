/// A job that another producer put into the queue.
public struct AdoptedJob: Sendable {
    /// Which job, and whose.
    public let ticket: JobTicket
    /// What to do.
    public let input: JobInput
    /// Where its message lies.
    public let position: QueuePosition
    /// The user that its producer named, as the database keeps it.
    public let userID: Int32?

    /// Gathers a job.
    public init(ticket: JobTicket, input: JobInput, position: QueuePosition, userID: Int32? = nil) {
        self.ticket = ticket
        self.input = input
        self.position = position
        self.userID = userID
    }
}
