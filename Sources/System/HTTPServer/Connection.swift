import EventLoop
import HTTP

/// One client's connection: reads requests, has them answered one after another, and writes the answers in order.
/// Pipelined requests that have arrived together are answered with one write.
final class Connection {
    private let stream: ByteStream
    private let peer: SocketAddress
    private let server: LoopServer
    private let input: ConnectionInput
    private let output: ConnectionOutput
    private var requestsServed = 0
    private var shouldLinger = false
    private static let outputLimit = 65_536
    private static let skipLimit = 65_536

    init(_ stream: ByteStream, peer: SocketAddress, server: LoopServer) {
        self.stream = stream
        self.peer = peer
        self.server = server
        input = ConnectionInput(stream, server.configuration)
        output = ConnectionOutput(stream, stall: server.configuration.writeTimeout)
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
        case .malformed(let error): return refuse(error)
        case .timedOut: return refuse(.headTimeout)
        case .ended: return false
        }
    }

    private func serve(_ head: RequestHead) async throws(StreamError) -> Bool {
        requestsServed += 1
        output.sendSoon()
        let body = RequestBody(head, input, output, server.configuration.limits)
        let request = Request(head: head, body: body, peer: peer, loop: stream.loop)
        let response = await server.handler(request)
        let isLast = requestsServed >= server.configuration.maximumRequestsPerConnection
        let canGoOn = body.canBeSkipped(upTo: Self.skipLimit) && !isLast && !server.isDraining
        var encoder = ResponseEncoder(to: head, keepsAlive: canGoOn)
        append(response, with: &encoder)
        // A client that does not expect the end may be sending still.
        shouldLinger = !encoder.keepsAlive && (head.isKeepAlive || !body.isFinished)
        if output.bytes.count >= Self.outputLimit || !body.isFinished { try await output.flush() }
        guard encoder.keepsAlive else { return false }
        return await body.skipRest()
    }

    /// Answers bytes that are no request, and ends the connection: where the next one begins is unknown.
    private func refuse(_ error: RequestError) -> Bool {
        var encoder = ResponseEncoder()
        append(server.configuration.respondToError(error), with: &encoder)
        shouldLinger = true
        return false
    }

    private func append(_ response: Response, with encoder: inout ResponseEncoder) {
        let transmission = encoder.encode(
            response.head, body: .length(response.body.count), date: server.currentDate(), into: &output.bytes)
        if transmission != .omitted { output.bytes.append(contentsOf: response.body) }
    }
}
