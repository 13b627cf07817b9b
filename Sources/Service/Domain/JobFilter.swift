/// Which jobs somebody wants to see.
public struct JobFilter: Sendable {
    /// Only jobs that stand so.
    public var state: JobState?
    /// Only jobs of this client.
    public var client: String?
    /// At most so many.
    public var limit: Int

    /// Gathers the wishes.
    public init(state: JobState? = nil, client: String? = nil, limit: Int) {
        self.state = state
        self.client = client
        self.limit = limit
    }
}
