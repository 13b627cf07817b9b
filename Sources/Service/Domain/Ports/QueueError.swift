/// Why the queue could not do what it was asked.
public struct QueueError: Error, Sendable, CustomStringConvertible {
    /// The reason, for logs only.
    public let description: String
    /// Whether the same message may go through later.
    public let isRetryable: Bool

    /// Names a reason.
    public init(_ description: String, isRetryable: Bool = true) {
        self.description = description
        self.isRetryable = isRetryable
    }
}
