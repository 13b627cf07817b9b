/// What all requests of one client share. Connections are shared by origin, so give each service with an identity
/// or a trust of its own (client certificate, CA file) its own client.
public struct HTTPClientConfiguration: Sendable {
    /// The `User-Agent` of requests that don't name one; many services refuse requests without it.
    public var userAgent: String
    /// Longest time for name lookup, TCP and TLS together, counted from the moment a transfer starts.
    public var connectTimeout: Duration
    /// How many transfers, hence connections, an origin (scheme, host, port) gets at a time; more wait in line.
    public var maxConnectionsPerHost: Int
    /// How many requests may wait for a connection, over all origins; more fail with `.overloaded`.
    public var maxWaiting: Int
    /// How many open connections are kept for later requests.
    public var maxIdleConnections: Int
    /// A connection that was unused for longer is not used again: middleboxes forget silent connections without
    /// telling. Whole seconds.
    public var idleConnectionLifetime: Duration
    /// The largest body that is taken; a longer one fails with `.tooLarge`.
    public var maxResponseBytes: Int
    /// How much of a streamed body is kept for its reader before the server is held back.
    public var streamWindowBytes: Int
    /// Trust and identity for `https`.
    public var tls: ClientTLS
    /// The proxy to go through, as an address (`http://proxy:3128`); nil for none. The environment's `http_proxy`
    /// and its like are not consulted, so that the configuration says it all.
    public var proxyURL: String?

    /// Describes a client; the defaults fit calls to an API.
    public init(
        userAgent: String, connectTimeout: Duration = .seconds(5), maxConnectionsPerHost: Int = 128,
        maxWaiting: Int = 1024, maxIdleConnections: Int = 128, idleConnectionLifetime: Duration = .seconds(50),
        maxResponseBytes: Int = 16 << 20, streamWindowBytes: Int = 256 << 10, tls: ClientTLS = ClientTLS(),
        proxyURL: String? = nil
    ) {
        self.userAgent = userAgent
        self.connectTimeout = connectTimeout
        self.maxConnectionsPerHost = maxConnectionsPerHost
        self.maxWaiting = maxWaiting
        self.maxIdleConnections = maxIdleConnections
        self.idleConnectionLifetime = idleConnectionLifetime
        self.maxResponseBytes = maxResponseBytes
        self.streamWindowBytes = streamWindowBytes
        self.tls = tls
        self.proxyURL = proxyURL
    }

    func validate() throws(HTTPClientError) {
        guard !userAgent.isEmpty, userAgent.isFieldValue else {
            throw .invalidConfiguration("the user agent is empty or holds a control character")
        }
        let positive = [maxConnectionsPerHost, maxIdleConnections, maxResponseBytes, streamWindowBytes]
        guard positive.allSatisfy({ $0 > 0 }), maxWaiting >= 0, connectTimeout > .zero,
            idleConnectionLifetime >= .seconds(1)
        else { throw .invalidConfiguration("a limit is not positive") }
        let texts = [proxyURL, tls.caFile] + tls.identityTexts
        guard texts.compactMap(\.self).allSatisfy({ !$0.utf8.contains(0) }) else {
            throw .invalidConfiguration("a file name or passphrase holds a NUL character")
        }
    }
}
