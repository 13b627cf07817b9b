/// Where a job stands. The raw value is the name on the wire and in the database.
///
///     queued ──► processing ──► completed
///       ▲  │         │  │
///       │  └─────────┼──┼─────► failed, cancelled
///       └────────────┘ worker lost, handed back
public enum JobState: String, Sendable, CaseIterable {
    /// Stored by the service before this one and never dispatched.
    case pending
    /// Durable; waits for a worker.
    case queued
    /// A worker holds its lease.
    case processing
    /// Ended with a result.
    case completed
    /// Ended without one; the reason is stored.
    case failed
    /// Ended by the client.
    case cancelled

    /// Whether nothing will happen to the job any more.
    public var isFinal: Bool {
        switch self {
        case .pending, .queued, .processing: false
        case .completed, .failed, .cancelled: true
        }
    }

    /// Percent, as coarse as it is true.
    public var progress: Int {
        switch self {
        case .pending, .queued: 0
        case .processing: 50
        case .completed, .failed, .cancelled: 100
        }
    }
}
