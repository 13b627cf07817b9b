/// One request, complete with its limits of time.
public struct ClientRequest: Sendable {
    /// The method as it goes on the wire: `GET`, `POST`. Case matters (RFC 9110, 9.1).
    public var method: String
    /// Absolute `http` or `https` address in printable ASCII; anything else must be percent-encoded already.
    /// User names and passwords in it are refused.
    public var url: String
    /// Fields to send. The client itself writes `Content-Length`, `Transfer-Encoding` and `Expect`.
    public var headers: ClientHeaders
    /// The bytes to send; may be empty. They are copied once when the transfer starts.
    public var body: [UInt8]
    /// Longest time from the call to the last byte, waiting for a free connection included.
    public var timeout: Duration
    /// Longest time in which no byte goes either way, counted from the start of the transfer; nil for no such
    /// limit. The time in which the reader of a stream holds the server back does not count.
    public var idleTimeout: Duration?

    /// Describes a request; it is checked when it is sent.
    public init(
        _ method: String = "GET", _ url: String, headers: ClientHeaders = [:], body: [UInt8] = [],
        timeout: Duration = .seconds(30), idleTimeout: Duration? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.idleTimeout = idleTimeout
    }
}
