public import Telemetry

/// What has to be known of a waiting job to decide when it is its turn.
public struct JobTicket: Hashable, Sendable {
    /// The longest name of a client, in UTF-8 bytes, that a ticket carries.
    public static let maximumClientBytes = 256

    /// Which job.
    public let id: JobID
    /// Who has submitted it: jobs of one client wait behind each other, clients take turns.
    public let client: String
    /// How urgent it is among the client's jobs.
    public let priority: JobPriority
    /// When it became durable.
    public let createdAt: WallTime

    /// Gathers a ticket.
    public init(id: JobID, client: String, priority: JobPriority, createdAt: WallTime) {
        self.id = id
        self.client = client
        self.priority = priority
        self.createdAt = createdAt
    }

    /// The moment that orders tickets, least first: each step of priority is worth `ageing`. Since every waiting
    /// job ages alike, the order of two of them never changes, and nothing has to be sorted anew as time goes by.
    public func turn(ageing: Duration) -> WallTime {
        WallTime(microseconds: createdAt.microseconds - Self.lead(priority, ageing))
    }

    /// When a job of `priority` must have become durable to have that turn.
    static func moment(ofTurn turn: WallTime, priority: JobPriority, ageing: Duration) -> WallTime {
        WallTime(microseconds: turn.microseconds + lead(priority, ageing))
    }

    private static func lead(_ priority: JobPriority, _ ageing: Duration) -> Int64 {
        let step = ageing.components.seconds * 1_000_000 + ageing.components.attoseconds / 1_000_000_000_000
        return Int64(priority.value) * step
    }
}
