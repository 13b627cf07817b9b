/// What a process has of a resource, and what it would like to have.
public struct CapacityWish: Sendable, Equatable {
    /// The resource's name, the same in all processes.
    public var resource: String
    /// What all processes may use together, the same in all of them: the last one to ask decides.
    public var limit: CapacityLimit
    /// Slots of the present lease that are still needed. From now on the process uses no more than these until it has
    /// an answer; the others are free.
    public var keep: Int
    /// Slots that it could use.
    public var demand: Int
    /// Tokens that it could use soon.
    public var tokensWanted: Int
    /// Tokens of an earlier grant that it does not need after all.
    public var tokensReturned: Int

    /// A wish.
    public init(
        _ resource: String, limit: CapacityLimit, keep: Int, demand: Int, tokensWanted: Int = 0, tokensReturned: Int = 0
    ) {
        self.resource = resource
        self.limit = limit
        self.keep = keep
        self.demand = demand
        self.tokensWanted = tokensWanted
        self.tokensReturned = tokensReturned
    }
}
