/// What a process may use of a resource until its lease runs out.
public struct CapacityGrant: Sendable, Equatable {
    /// The resource's name.
    public var resource: String
    /// Slots that are the process's now.
    public var slots: Int
    /// Its fair part, by what all processes want. What it has beyond goes to others as it becomes free; what is
    /// missing is still in use elsewhere.
    public var entitled: Int
    /// Other processes that share the resource.
    public var peers: Int
    /// Tokens that are the process's now. They are to be used within a few seconds or given back.
    public var tokens: Int
    /// When the next token is there to be had, if fewer were granted than wanted.
    public var nextToken: Duration?

    /// A grant.
    public init(
        _ resource: String, slots: Int, entitled: Int, peers: Int, tokens: Int = 0, nextToken: Duration? = nil
    ) {
        self.resource = resource
        self.slots = slots
        self.entitled = entitled
        self.peers = peers
        self.tokens = tokens
        self.nextToken = nextToken
    }
}
