public import EventLoop
public import HTTP

/// What a server listens on and what it puts up with.
public struct ServerConfiguration: Sendable {
    /// Where to listen; port 0 lets the system choose.
    public var address: SocketAddress
    /// Bounds on what a request may be.
    public var limits = HTTPLimits()
    /// Longest time from the first byte of a head to its last; then 408.
    public var headTimeout = Duration.seconds(10)
    /// Longest pause between pieces of a body; then 408.
    public var bodyTimeout = Duration.seconds(10)
    /// How long a connection may be silent between requests.
    public var idleTimeout = Duration.seconds(60)
    /// Longest time a client may take no byte of a response.
    public var writeTimeout = Duration.seconds(30)
    /// Open connections, over all loops; further ones get 503 and are closed.
    public var maximumConnections = 20_000
    /// Requests on one connection; the last answer says `Connection: close`.
    public var maximumRequestsPerConnection = 100_000
    /// Makes the answer to a request that could not be read.
    public var respondToError: @Sendable (RequestError) -> Response = { error in
        Response(error.status, text: error.reason + "\n")
    }

    /// The defaults named at each property.
    public init(address: SocketAddress) {
        self.address = address
    }
}
