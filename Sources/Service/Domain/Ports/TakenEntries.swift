/// What a relay has taken from the outbox.
public struct TakenEntries: Sendable {
    /// An entry that no message can be made of.
    public struct Unreadable: Sendable {
        /// The entry.
        public let sequence: Int64
        /// What is wrong with it, for logs only.
        public let reason: String

        /// Names an entry.
        public init(sequence: Int64, reason: String) {
            self.sequence = sequence
            self.reason = reason
        }
    }

    /// To be published, oldest first.
    public var entries: [OutboxEntry]
    /// To be parked, so that they stand in nobody's way.
    public var unreadable: [Unreadable]
    /// How many were put back at once, since those before them are as much as one batch may hold.
    public var leftCount: Int
    /// When to take again at the latest, if nothing rings: sooner than usual when not everything was looked at. Nil for
    /// the usual time.
    public var next: Duration?

    /// Gathers what was taken.
    public init(
        entries: [OutboxEntry] = [], unreadable: [Unreadable] = [], leftCount: Int = 0, next: Duration? = nil
    ) {
        self.entries = entries
        self.unreadable = unreadable
        self.leftCount = leftCount
        self.next = next
    }

    /// How many were taken, readable or not.
    public var count: Int { entries.count + unreadable.count }
}
