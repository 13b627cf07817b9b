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

    /// Gathers what was taken.
    public init(entries: [OutboxEntry] = [], unreadable: [Unreadable] = []) {
        self.entries = entries
        self.unreadable = unreadable
    }

    /// How many were taken, readable or not.
    public var count: Int { entries.count + unreadable.count }
}
