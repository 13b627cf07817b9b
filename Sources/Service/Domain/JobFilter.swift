/// Which jobs somebody wants to see.
public struct JobFilter: Sendable {
    /// Only jobs that stand so.
    public var state: JobState?
    /// Only jobs of this client.
    public var client: String?
    /// Only jobs made before this one; those made at the same instant go by their ids.
    public var before: JobID?
    /// At most so many.
    public var limit: Int
    /// How many jobs are looked at, the youngest first, so that a rare kind is not searched for in all of history.
    public var examined: Int

    /// Gathers the wishes.
    public init(
        state: JobState? = nil, client: String? = nil, before: JobID? = nil, limit: Int,
        examined: Int = Int(Int32.max)
    ) {
        self.state = state
        self.client = client
        self.before = before
        self.limit = limit
        self.examined = examined
    }
}
