import CLibcurl
public import EventLoop

/// An HTTP/1.1 client on one loop: libcurl does the protocol and keeps connections for reuse, the loop waits for
/// all its sockets. No thread per call; name lookups run on libcurl's own threads.
///
/// Confined to its loop. Redirects are never followed, compressed bodies not unpacked, cookies not kept. When a
/// kept connection turns out to be closed before any byte of the response, libcurl sends the request once more
/// on a new one, whatever its method.
public final class HTTPClient {
    /// The loop that owns this client.
    public let loop: EventLoop
    private let configuration: HTTPClientConfiguration
    private let multi: CurlMulti
    private var queues: HostQueues<Transfer>
    private var running: [OpaquePointer: Transfer] = [:]
    private var isClosed = false

    /// Makes a client on the caller's loop. Throws `.invalidConfiguration`; files are read at the first connection.
    public init(on loop: EventLoop, configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        loop.preconditionInLoop()
        try configuration.validate()
        self.loop = loop
        self.configuration = configuration
        multi = try CurlMulti(on: loop, maxIdleConnections: configuration.maxIdleConnections)
        queues = HostQueues(
            limitPerHost: configuration.maxConnectionsPerHost, waitingLimit: configuration.maxWaiting)
        multi.onProgress = { [unowned self] in settle() }
    }

    /// How many transfers are under way.
    public var runningCount: Int { running.count }

    /// How many requests wait for a connection.
    public var waitingCount: Int { queues.waitingCount }

    // MARK: Requests

    /// Sends a request and returns its whole response, whatever the status. Cancelling the task closes the
    /// connection.
    public func send(_ request: ClientRequest) async throws(HTTPClientError) -> ClientResponse {
        let transfer = try begin(request, .whole)
        await wait(for: transfer) { _ in false }
        try transfer.outcome?.get()
        guard let head = transfer.head else { throw .closed }
        return ClientResponse(head: head, body: transfer.takeBody(), serverChain: transfer.serverChain)
    }

    /// Sends a request and returns as soon as the response's head has come; the body is read from the stream.
    public func open(_ request: ClientRequest) async throws(HTTPClientError) -> ClientStream {
        let transfer = try begin(request, .pieces(window: configuration.streamWindowBytes))
        await wait(for: transfer) { $0.head != nil }
        guard let head = transfer.head else {
            try transfer.outcome?.get()
            throw .closed
        }
        return ClientStream(transfer, head: head, client: bound)
    }

    /// Ends all transfers with `.closed`, closes the connections and refuses further requests.
    public func close() {
        loop.preconditionInLoop()
        guard !isClosed else { return }
        isClosed = true
        for transfer in queues.waiting { finish(transfer) { $0.end(.failure(.closed)) } }
        for transfer in running.values { finish(transfer) { $0.end(.failure(.closed)) } }
        multi.close()
    }

    // MARK: A transfer's life

    private func begin(
        _ request: ClientRequest, _ delivery: Transfer.Delivery
    ) throws(HTTPClientError) -> Transfer {
        loop.preconditionInLoop()
        guard !isClosed else { throw .closed }
        guard !Task.isCancelled else { throw .cancelled }
        try request.validate()
        guard let host = request.origin else { throw .invalidRequest("the address has no host") }
        let transfer = try Transfer(request, host: host, configuration: configuration, delivery: delivery)
        switch queues.admit(transfer, to: host) {
        case .start: start(transfer)
        case .wait: break
        case .refuse: throw .overloaded
        }
        guard transfer.phase != .ended else { return transfer }
        transfer.totalTimer = loop.schedule(after: request.timeout) { [weak self] in
            self?.abandon(transfer, as: .timeout(.total, status: transfer.head?.status))
        }
        return transfer
    }

    private func start(_ transfer: Transfer) {
        transfer.phase = .running
        running[transfer.pointer] = transfer
        do throws(HTTPClientError) {
            try multi.add(transfer.pointer)
        } catch {
            return abandon(transfer, as: error)
        }
        if let limit = transfer.request.idleTimeout { watch(transfer, limit, from: .now) }
    }

    /// One timer a transfer, which looks at what has moved when it fires, so that a byte costs no timer.
    private func watch(_ transfer: Transfer, _ limit: Duration, from start: MonotonicTime) {
        transfer.idleTimer = loop.schedule(at: start + limit) { [weak self] in
            guard transfer.phase == .running else { return }
            if transfer.isIdle(for: limit, at: .now) {
                self?.abandon(transfer, as: .timeout(.idle, status: transfer.head?.status))
            } else {
                self?.watch(transfer, limit, from: transfer.lastActivity)
            }
        }
    }

    /// Collects what libcurl has finished. Called after libcurl has worked, never from within it.
    private func settle() {
        while let (easy, error) = multi.nextUnwatched() {
            guard let transfer = running[easy] else { continue }
            abandon(transfer, as: .interrupted(status: transfer.head?.status, partial: [], reason: "\(error)"))
        }
        while let (easy, code) = multi.nextFinished() {
            guard let transfer = running[easy] else { continue }
            finish(transfer) { $0.end(code) }
        }
    }

    /// Ends a transfer before its time; does nothing when it has ended.
    func abandon(_ transfer: Transfer, as error: HTTPClientError) {
        finish(transfer) { $0.end(.failure(error)) }
    }

    /// Takes the transfer out of wherever it is and lets the next one take its place.
    private func finish(_ transfer: Transfer, _ end: (Transfer) -> Void) {
        loop.preconditionInLoop()
        guard transfer.phase != .ended else { return }
        let wasRunning = transfer.phase == .running
        transfer.phase = .ended
        if let timer = transfer.totalTimer { loop.cancel(timer) }
        if let timer = transfer.idleTimer { loop.cancel(timer) }
        // The outcome asks libcurl about the transfer, so it comes before the removal.
        end(transfer)
        guard wasRunning else { return queues.withdraw(transfer, from: transfer.host) }
        running[transfer.pointer] = nil
        multi.remove(transfer.pointer)
        if let next = queues.leave(transfer.host) { start(next) }
    }

    // MARK: Waiting

    /// This client for closures that hop back to its loop.
    private var bound: LoopBound<HTTPClient> { LoopBound(self, to: loop) }

    /// Suspends until the transfer has ended or is `ready`.
    private func wait(for transfer: Transfer, until ready: (Transfer) -> Bool) async {
        if transfer.outcome != nil || ready(transfer) { return }
        let bound = bound
        await withTaskCancellationHandler {
            while transfer.outcome == nil, !ready(transfer) { await transfer.waitForChange() }
        } onCancel: {
            bound.loop.execute { bound.value.abandon(transfer, as: .cancelled) }
        }
    }

    func nextPiece(of transfer: Transfer) async throws(HTTPClientError) -> [UInt8]? {
        loop.preconditionInLoop()
        if Task.isCancelled { abandon(transfer, as: .cancelled) }
        await wait(for: transfer) { $0.hasBody }
        guard transfer.hasBody else {
            try transfer.outcome?.get()
            return nil
        }
        let piece = transfer.takeBody()
        let status = transfer.resume()
        if status != CURLE_OK { finish(transfer) { $0.end(status) } }
        return piece
    }
}
