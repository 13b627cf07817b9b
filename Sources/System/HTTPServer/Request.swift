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
    private let stream: ByteStream
    // What is known besides. Others ask by way of accessors: only inside this module is `@exclusivity` heeded.
    @exclusivity(unchecked) private var knownRoute: (pattern: String, index: Int)?
    @exclusivity(unchecked) private var knownID = ""
    @exclusivity(unchecked) private var knownPrincipal: AnyObject?
    @exclusivity(unchecked) private var knownEnd: MonotonicTime?

    init(head: RequestHead, body: RequestBody, peer: SocketAddress, stream: ByteStream) {
        self.head = head
        self.body = body
        self.peer = peer
        self.stream = stream
        receivedAt = .now
    }

    /// When its answer was there: as whoever asks first sees the clock.
    public var answeredAt: MonotonicTime {
        if let knownEnd { return knownEnd }
        let now = MonotonicTime.now
        knownEnd = now
        return now
    }

    /// The pattern that matched, for logs and metrics; nil before routing and for unknown paths.
    public var route: String? { knownRoute?.pattern }

    /// A number for that pattern, from 0 on and not far beyond the number of routes; nil where `route` is.
    public var routeIndex: Int? { knownRoute?.index }

    /// The router has found a pattern.
    func matched(_ pattern: String, index: Int) {
        knownRoute = (pattern, index)
    }

    /// A name for this request in logs and answers. Set by middleware.
    public var id: String {
        get { knownID }
        set { knownID = newValue }
    }

    /// Who sends the request, in the words of whoever has found out; nil where nobody has.
    public var principal: AnyObject? {
        get { knownPrincipal }
        set { knownPrincipal = newValue }
    }

    /// The loop that everything about this request happens on.
    public var loop: EventLoop { stream.loop }

    /// Calls `action` once on the request's loop when the client hangs up: at once when it has. Nil takes it back,
    /// which a handler must do before it answers. For handlers of whom very many may wait.
    public func whenClientHangsUp(_ action: (() -> Void)?) {
        stream.whenHungUp(action)
    }

    /// Runs `operation` on the request's loop in a task that is cancelled when the client hangs up: for handlers that
    /// wait or do expensive work. It costs two child tasks, 5 kB in all.
    public func whileClientIsThere<Value: Sendable>(
        _ operation: @escaping @Sendable () async -> Value
    ) async -> Value {
        await stream.whilePeerIsThere(operation)
    }
}
