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
    /// How long a connection without a request stays open after `drain`: a request may be on its way already, and
    /// closing under it would leave its client in doubt.
    public var drainGrace = Duration.milliseconds(500)
    /// Open connections, over all loops; further ones get 503 and are closed.
    public var maximumConnections = 20_000
    /// Requests on one connection; the last answer says `Connection: close`.
    public var maximumRequestsPerConnection = 100_000
    /// Makes the answer where there is no request to hand to the handler: bytes that are none, a head that came
    /// too late, a connection too many.
    public var respondToError: @Sendable (RequestError) -> Response = { error in
        Response(error.status, text: error.reason + "\n")
    }

    /// The defaults named at each property.
    public init(address: SocketAddress) {
        self.address = address
    }
}
