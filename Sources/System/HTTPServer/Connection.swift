import EventLoop
import HTTP

/// One client's connection: reads requests, has them answered one after another, and writes the answers in order.
/// Pipelined requests that have arrived together are answered with one write.
final class Connection {
    private let stream: ByteStream
    private let peer: SocketAddress
    private let admission: ConnectionBudget.Admission
    private let server: LoopServer
    private let input: ConnectionInput
    private let output: ConnectionOutput
    @exclusivity(unchecked) private var requestsServed = 0
    private var shouldLinger = false
    private static let outputLimit = 65_536
    private static let copyLimit = 16_384
    private static let skipLimit = 65_536
    private static let fairRequests = 64
    private static let reservedPatience = Duration.seconds(1)

    init(
        _ stream: ByteStream, peer: SocketAddress, _ admission: ConnectionBudget.Admission, server: LoopServer
    ) {
        self.stream = stream
        self.peer = peer
        self.admission = admission
        self.server = server
        input = ConnectionInput(stream, server, Self.patience(admission, server.configuration))
        output = ConnectionOutput(stream, server)
    }

    private static func patience(
        _ admission: ConnectionBudget.Admission, _ configuration: ServerConfiguration
    ) -> ConnectionInput.Patience {
        guard admission != .ordinary else {
            return .init(idle: configuration.idleTimeout, head: configuration.headTimeout)
        }
        return .init(
            idle: min(configuration.idleTimeout, reservedPatience),
            head: min(configuration.headTimeout, reservedPatience))
    }

    /// Serves until either side ends the connection.
    func run() async {
        stream.disableNagle()
        do throws(StreamError) {
            try await serveAll()
            try await output.flush()
            stream.endWriting()
            if shouldLinger { await input.linger() }
        } catch {
            // The client is gone or takes nothing: there is nobody left to tell.
        }
        stream.close()
    }

    /// From now on the connection ends instead of waiting for a request of which nothing has come.
    func endWhenIdle() {
        input.endWhenIdle()
    }

    /// Ends the connection wherever it stands.
    func cutOff() {
        stream.interrupt()
    }

    /// Answers requests until the connection has to end. Nothing in here suspends unless it has to wait: a request
    /// that has come whole and is answered at once costs no task switch but that of its handler. Now and then the
    /// loop's other clients go first, since one that pipelines without pause never makes us wait.
    private func serveAll() async throws(StreamError) {
        while true {
            switch input.nextReceived() {
            case .head(let head):
                guard try await serve(head) else { return }
                if requestsServed.isMultiple(of: Self.fairRequests) { await Task.yield() }
            case .malformed(let error): return try await refuse(error)
            case nil:
                if try !output.sendNow() { try await output.flush() }
                switch try input.receive() {
                case .bytes: if input.shouldLetOthersGo() { await Task.yield() }
                case .endOfStream: return
                case .wouldBlock: guard try await waitForMore() else { return }
                }
            }
        }
    }

    /// Waits for more of the next request. False when none comes.
    private func waitForMore() async throws(StreamError) -> Bool {
        if input.hasToEnd { return false }
        do throws(StreamError) {
            try await stream.waitUntilReadable(deadline: input.deadline())
        } catch .timedOut where input.isEmpty {
            // It is looked at once more before it ends: a request may have come in the last moment.
            endWhenIdle()
        } catch .timedOut {
            try await refuse(.headTimeout)
            return false
        }
        return true
    }

    /// Answers one request. False when the connection has to end.
    private func serve(_ head: RequestHead) async throws(StreamError) -> Bool {
        if case .reserved(let error) = admission, !server.configuration.isEssential(head) {
            try await refuse(error)
            return false
        }
        requestsServed += 1
        output.sendSoon()
        let body = RequestBody(head, input, output, server)
        let response = await server.handler(Request(head: head, body: body, peer: peer, stream: stream))
        var encoder = ResponseEncoder(to: head, keepsAlive: canGoOn(after: body))
        if !gather(response, with: &encoder) { try await send(response.body, chunked: encoder.isChunked) }
        // A client that does not expect the end may be sending still.
        shouldLinger = !encoder.keepsAlive && (head.isKeepAlive || !body.isFinished)
        if output.bytes.count >= Self.outputLimit || !body.isFinished { try await output.flush() }
        guard encoder.keepsAlive, !body.isFinished else { return encoder.keepsAlive }
        return await body.skipRest()
    }

    private func canGoOn(after body: RequestBody) -> Bool {
        body.canBeSkipped(upTo: Self.skipLimit) && admission == .ordinary && !server.isDraining && !input.endsWhenIdle
            && requestsServed < server.configuration.maximumRequestsPerConnection
    }

    /// Answers bytes that are no request; the connection has to end then, since nobody knows where the next begins.
    private func refuse(_ error: RequestError) async throws(StreamError) {
        let response = server.configuration.response(to: error)
        var encoder = ResponseEncoder()
        if !gather(response, with: &encoder) { try await send(response.body, chunked: encoder.isChunked) }
        shouldLinger = true
    }

    /// Keeps the response to be sent with those that follow. False when its content is too large for that, or still to
    /// be made: it has to be sent then.
    private func gather(_ response: Response, with encoder: inout ResponseEncoder) -> Bool {
        output.open()
        let transmission = encoder.encode(
            response.head, body: response.body.framing, date: server.currentDate(), into: &output.bytes)
        if transmission == .omitted { return true }
        guard case .bytes(let bytes) = response.body, bytes.count <= Self.copyLimit else { return false }
        output.bytes.append(contentsOf: bytes)
        return true
    }

    private func send(_ body: Response.Body, chunked isChunked: Bool) async throws(StreamError) {
        switch body {
        case .bytes(let bytes): try await output.flush(followedBy: bytes)
        case .stream(let produce):
            try await output.flush()
            try await stream(produce, to: ResponseWriter(output, chunked: isChunked))
        }
    }

    private func stream(
        _ produce: @escaping @Sendable (ResponseWriter) async throws -> Void, to writer: ResponseWriter
    ) async throws(StreamError) {
        let bound = LoopBound(writer, to: stream.loop)
        let isComplete = await stream.whilePeerIsThere {
            do {
                try await produce(bound.value)
                return true
            } catch {
                return false
            }
        }
        guard isComplete else { throw .interrupted }
        try await writer.finish()
    }
}
