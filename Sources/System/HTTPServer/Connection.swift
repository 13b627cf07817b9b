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
    private var requestsServed = 0
    private var shouldLinger = false
    private static let outputLimit = 65_536
    private static let copyLimit = 16_384
    private static let skipLimit = 65_536
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
            while try await serveNext() {}
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

    /// Answers one request. False when the connection has to end.
    private func serveNext() async throws(StreamError) -> Bool {
        let event: ConnectionInput.Event
        if let received = input.nextReceived() {
            event = received
        } else {
            try await output.flush()
            event = await input.next()
        }
        switch event {
        case .head(let head): return try await serve(head)
        case .malformed(let error): return try await refuse(error)
        case .timedOut: return try await refuse(.headTimeout)
        case .ended: return false
        }
    }

    private func serve(_ head: RequestHead) async throws(StreamError) -> Bool {
        if case .reserved(let error) = admission, !server.configuration.isEssential(head) {
            return try await refuse(error)
        }
        requestsServed += 1
        output.sendSoon()
        let body = RequestBody(head, input, output, server)
        let response = await server.handler(Request(head: head, body: body, peer: peer, stream: stream))
        var encoder = ResponseEncoder(to: head, keepsAlive: canGoOn(after: body))
        try await send(response, with: &encoder)
        // A client that does not expect the end may be sending still.
        shouldLinger = !encoder.keepsAlive && (head.isKeepAlive || !body.isFinished)
        if output.bytes.count >= Self.outputLimit || !body.isFinished { try await output.flush() }
        guard encoder.keepsAlive else { return false }
        return await body.skipRest()
    }

    private func canGoOn(after body: RequestBody) -> Bool {
        body.canBeSkipped(upTo: Self.skipLimit) && admission == .ordinary && !server.isDraining
            && requestsServed < server.configuration.maximumRequestsPerConnection
    }

    /// Answers bytes that are no request, and ends the connection: where the next one begins is unknown.
    private func refuse(_ error: RequestError) async throws(StreamError) -> Bool {
        var encoder = ResponseEncoder()
        try await send(server.configuration.response(to: error), with: &encoder)
        shouldLinger = true
        return false
    }

    /// Sends the response, or keeps it to be sent with those that follow.
    private func send(_ response: Response, with encoder: inout ResponseEncoder) async throws(StreamError) {
        output.open()
        let transmission = encoder.encode(
            response.head, body: response.body.framing, date: server.currentDate(), into: &output.bytes)
        guard transmission != .omitted else { return }
        switch response.body {
        case .bytes(let bytes) where bytes.count <= Self.copyLimit: output.bytes.append(contentsOf: bytes)
        case .bytes(let bytes): try await output.flush(followedBy: bytes)
        case .stream(let produce):
            try await output.flush()
            try await stream(produce, to: ResponseWriter(output, chunked: transmission == .chunked))
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
