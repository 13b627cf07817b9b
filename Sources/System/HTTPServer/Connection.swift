import EventLoop
import HTTP

/// One client's connection: reads requests, has them answered one after another, and writes the answers in order.
/// Pipelined requests that have arrived together are answered with one write.
final class Connection {
    private let stream: ByteStream
    private let peer: SocketAddress
    private let server: LoopServer
    private let input: ConnectionInput
    private var output: [UInt8] = []
    private var requestsServed = 0
    private static let outputLimit = 65_536
    private static let discardLimit = 65_536

    /// Whether a request is being answered; an idle connection can be closed at any time.
    private(set) var isBusy = false

    init(_ stream: ByteStream, peer: SocketAddress, server: LoopServer) {
        self.stream = stream
        self.peer = peer
        self.server = server
        input = ConnectionInput(stream, server.configuration)
    }

    /// Serves until either side ends the connection.
    func run() async {
        stream.disableNagle()
        do throws(StreamError) {
            while try await serveNext() {}
            try await flush()
            stream.endWriting()
            if shouldLinger { await input.linger() }
        } catch {
            // The client is gone or takes nothing: there is nobody left to tell.
        }
        stream.close()
    }

    private var shouldLinger = false

    /// Makes an idle connection end; a busy one ends after its answer.
    func drain() {
        if !isBusy { stream.interrupt() }
    }

    /// Answers one request. False when the connection has to end.
    private func serveNext() async throws(StreamError) -> Bool {
        let event: ConnectionInput.Event
        if let received = input.nextReceived() {
            event = received
        } else {
            try await flush()
            guard !server.isDraining else { return false }
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
        isBusy = true
        defer { isBusy = false }
        requestsServed += 1
        let body = RequestBody(head, input, server.configuration.limits)
        let request = Request(head: head, body: body, peer: peer, loop: stream.loop)
        let response = await server.handler(request)
        let canGoOn = await body.discardRest(upTo: Self.discardLimit)
        let isLast = requestsServed >= server.configuration.maximumRequestsPerConnection
        shouldLinger = !canGoOn
        var encoder = ResponseEncoder(to: head, keepsAlive: canGoOn && !isLast && !server.isDraining)
        append(response, with: &encoder)
        if output.count >= Self.outputLimit { try await flush() }
        return encoder.keepsAlive
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
            response.head, body: .length(response.body.count), date: server.currentDate(), into: &output)
        if transmission != .omitted { output.append(contentsOf: response.body) }
    }

    private func flush() async throws(StreamError) {
        guard !output.isEmpty else { return }
        let bytes = output
        output = []
        try await stream.write(bytes, stall: server.configuration.writeTimeout)
    }
}
