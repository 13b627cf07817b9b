import EventLoop

/// What all loops of a server share: how many connections there may be, and how much memory they may hold.
struct ServerBudgets: Sendable {
    let connections: ConnectionBudget
    /// Contents of requests that are still arriving or in use.
    let requests: ContentBudget
    /// Contents of responses that clients are slow to take.
    let responses: MemoryBudget

    init(_ configuration: ServerConfiguration) {
        connections = ConnectionBudget(
            total: configuration.maximumConnections, perClient: configuration.maximumConnectionsPerClient,
            reserve: configuration.reservedConnections)
        requests = ContentBudget(configuration.requestMemory)
        responses = MemoryBudget(configuration.responseMemory)
    }
}
