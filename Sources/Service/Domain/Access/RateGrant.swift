/// What a process got of one client's limit.
public struct RateGrant: Sendable, Equatable {
    /// As in the order.
    public var name: String
    /// Requests that this process may let in until the window ends; less than was wanted when no more are left.
    public var granted: Int
    /// What is left for all processes.
    public var left: Int
    /// Which window it is.
    public var window: Int64
    /// The time to its end.
    public var endsIn: Duration

    /// Gathers a grant.
    public init(_ name: String, granted: Int, left: Int, window: Int64, endsIn: Duration) {
        self.name = name
        self.granted = granted
        self.left = left
        self.window = window
        self.endsIn = endsIn
    }
}
