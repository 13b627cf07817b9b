public import EventLoop
public import HTTP

/// One request on its way through middleware and handler. Confined to its connection's loop.
public final class Request {
    /// Method, target and fields.
    public let head: RequestHead
    /// The content, read when somebody asks for it.
    public let body: RequestBody
    /// The other end of the connection.
    public let peer: SocketAddress
    /// The loop that everything about this request happens on.
    public let loop: EventLoop
    /// When the head was complete.
    public let receivedAt: MonotonicTime
    /// What the route's pattern captured, decoded, by name. Set by the router.
    public internal(set) var parameters: [String: String] = [:]
    /// The pattern that matched, for logs and metrics; nil before routing and for unknown paths.
    public internal(set) var route: String?
    /// A name for this request in logs and answers. Set by middleware.
    public var id = ""

    init(head: RequestHead, body: RequestBody, peer: SocketAddress, loop: EventLoop) {
        self.head = head
        self.body = body
        self.peer = peer
        self.loop = loop
        receivedAt = .now
    }
}
