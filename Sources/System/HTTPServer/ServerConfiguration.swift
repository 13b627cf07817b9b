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
    /// Longest time a client may take no byte of a response; then it is cut off.
    public var writeTimeout = Duration.seconds(30)
    /// Least average rate of a body or a response that is not sent at once, in bytes a second, after the first
    /// `bodyTimeout` or `writeTimeout`; 0 stands for none. Whoever stays below is treated as if nothing came at all.
    public var minimumRate = 1024
    /// How long a connection without a request stays open after `drain`: a request may be on its way already, and
    /// closing under it would leave its client in doubt.
    public var drainGrace = Duration.milliseconds(500)
    /// Open connections, over all loops; further ones get 503 and are closed.
    public var maximumConnections = 20_000
    /// Open connections of one IPv4 address or IPv6 /64 network; 0 stands for no limit. Further ones get 503.
    public var maximumConnectionsPerClient = 1024
    /// Connections beyond `maximumConnections` that may each ask once for what `isEssential` names.
    public var reservedConnections = 64
    /// Requests that are answered even on a connection beyond the limit, such as those for health and metrics.
    public var isEssential: @Sendable (RequestHead) -> Bool = { _ in false }
    /// Requests on one connection; the last answer says `Connection: close`.
    public var maximumRequestsPerConnection = 100_000
    /// Bytes of request content, beyond what comes with the head, that all connections may hold. Beyond it no more is
    /// read, and who has waited for `bodyTimeout` gets 503. One content at a time may exceed it.
    public var requestMemory = 16 << 20
    /// Bytes of responses that all connections may hold for clients that are slow to take them; a client beyond it
    /// is cut off.
    public var responseMemory = 256 << 20
    /// Makes the answer where there is no request to hand to the handler: bytes that are none, a head that came
    /// too late, a connection too many.
    public var respondToError: @Sendable (RequestError) -> Response = { error in
        Response(error.status, text: error.reason + "\n")
    }

    /// The defaults named at each property.
    public init(address: SocketAddress) {
        self.address = address
    }

    /// The answer to what never becomes a request. Whoever is turned away because of load may come again soon.
    func response(to error: RequestError) -> Response {
        var response = respondToError(error)
        if error.status == .serviceUnavailable { response.head.fields.set(.retryAfter, "1") }
        return response
    }
}
