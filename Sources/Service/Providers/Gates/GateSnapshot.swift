/// How a gate stands at one moment.
public struct GateSnapshot: Sendable, Equatable {
    /// Calls at a time over all processes; nil when they are not counted.
    public var limit: Int?
    /// Slots that this process holds.
    public var leased: Int
    /// Calls of this process under way.
    public var inUse: Int
    /// Callers that wait here.
    public var waiting: Int
    /// Tokens of the rate that this process has left.
    public var tokens: Int
    /// Callers that have come through.
    public var entered: Int
    /// What they have waited, all together.
    public var waited: Duration
}
