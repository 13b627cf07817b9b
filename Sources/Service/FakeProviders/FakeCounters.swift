/// What the fake has counted since its start or the last reset.
public struct FakeCounters: Equatable, Sendable {
    /// Tokens given out.
    public var tokensIssued = 0
    /// Requests to the API that are being answered now.
    public var current = 0
    /// The most of them at a time.
    public var peak = 0
    /// Requests whose client went away before the end of the answer.
    public var aborted = 0
    /// Connections that ended before TLS was established.
    public var refusedHandshakes = 0
    /// Requests by route; those to no route are not counted.
    public var requests: [FakeRoute: Int] = [:]
}
