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
    /// When the head was complete.
    public let receivedAt: MonotonicTime
    /// What the route's pattern captured, decoded, by name. Set by the router.
    public internal(set) var parameters: [String: String] = [:]
    /// The pattern that matched, for logs and metrics; nil before routing and for unknown paths.
    @exclusivity(unchecked) public internal(set) var route: String?
    /// A name for this request in logs and answers. Set by middleware.
    @exclusivity(unchecked) public var id = ""
    /// Who sends the request, in the words of whoever has found out; nil where nobody has.
    @exclusivity(unchecked) public var principal: AnyObject?
    /// Names the trace that this request is part of, as a callee is told it; empty while nobody has asked. Set by
    /// middleware and handlers.
    @exclusivity(unchecked) public var trace = ""
    private let stream: ByteStream

    init(head: RequestHead, body: RequestBody, peer: SocketAddress, stream: ByteStream) {
        self.head = head
        self.body = body
        self.peer = peer
        self.stream = stream
        receivedAt = .now
    }

    /// The loop that everything about this request happens on.
    public var loop: EventLoop { stream.loop }

    /// Whether the client has closed the connection, or its side of it. An answer is sent all the same.
    public var clientHasHungUp: Bool { stream.hasHungUp }

    /// Runs `operation` on the request's loop in a task that is cancelled when the client hangs up: for handlers that
    /// wait or do expensive work. It costs two child tasks.
    public func whileClientIsThere<Value: Sendable>(
        _ operation: @escaping @Sendable () async -> Value
    ) async -> Value {
        await stream.whilePeerIsThere(operation)
    }
}
