import EventLoop
import HTTP

/// The receiving side of a connection: the stream and the bytes that have come and are not used yet.
final class ConnectionInput {
    let stream: ByteStream
    private var buffer: InputBuffer
    private var parser: RequestParser
    private let patience: Patience
    private var headDeadline: MonotonicTime?
    private var readsInARow = 0
    private var endsWhenIdle = false
    private static let fairReads = 8

    /// How long to wait for the next request.
    struct Patience {
        /// For its first byte.
        let idle: Duration
        /// From there to the end of its head.
        let head: Duration
    }

    init(_ stream: ByteStream, _ server: LoopServer, _ patience: Patience) {
        self.stream = stream
        self.patience = patience
        buffer = InputBuffer(server.inputPieces)
        var limits = server.configuration.limits
        // A body that is too large is the handler's to refuse: its answer carries what all answers carry.
        limits.bodyBytes = .max
        parser = RequestParser(limits: limits)
    }

    enum Event {
        case head(RequestHead)
        case malformed(RequestError)
        /// The head did not come in time.
        case timedOut
        /// The client is gone or has been idle for too long, or the server is closing.
        case ended
    }

    /// Takes the next head out of what has been received; nil when it is not complete.
    func nextReceived() -> Event? {
        guard !buffer.isEmpty else { return nil }
        switch buffer.withBytes({ parser.parse($0) }) {
        case .needsMore: return nil
        case .failure(let error): return .malformed(error)
        case .complete(let head, let consumed):
            buffer.consume(consumed)
            headDeadline = nil
            return .head(head)
        }
    }

    /// Waits for the next head.
    func next() async -> Event {
        do throws(StreamError) {
            while true {
                if let event = nextReceived() { return event }
                switch try await receive() {
                case .bytes: continue
                case .endOfStream: return .ended
                case .wouldBlock where endsWhenIdle && buffer.isEmpty: return .ended
                case .wouldBlock: try await waitForHead()
                }
            }
        } catch {
            return error == .timedOut ? .timedOut : .ended
        }
    }

    /// A connection that has been idle for long enough is looked at once more before it ends: a request may have
    /// come in the last moment.
    private func waitForHead() async throws(StreamError) {
        do throws(StreamError) {
            try await stream.waitUntilReadable(deadline: deadline())
        } catch .timedOut where buffer.isEmpty {
            endWhenIdle()
        }
    }

    /// Ends the wait for the next head as soon as no byte of it has come, now or later.
    func endWhenIdle() {
        endsWhenIdle = true
        stream.wakeReader()
    }

    /// Reads what is there. A client that sends without pause lets the loop's other clients go first now and then.
    private func receive() async throws(StreamError) -> ByteStream.ReadOutcome {
        readsInARow += 1
        if readsInARow > Self.fairReads {
            readsInARow = 0
            await Task.yield()
        }
        let outcome = try buffer.fill(from: stream)
        if outcome == .wouldBlock { readsInARow = 0 }
        return outcome
    }

    /// Between requests the idle time runs; from the first byte of a head on, the time for the whole head.
    private func deadline() -> MonotonicTime {
        if buffer.isEmpty { return .now + patience.idle }
        let deadline = headDeadline ?? .now + patience.head
        headDeadline = deadline
        return deadline
    }

    // MARK: Content

    func takeBytes(upTo count: Int, into content: inout [UInt8]) -> Int {
        let taken = min(count, buffer.count)
        buffer.withBytes { content.append(contentsOf: $0.prefix(taken)) }
        buffer.consume(taken)
        return taken
    }

    func decode(with decoder: inout ChunkedDecoder, into content: inout [UInt8]) throws(RequestError) {
        let used = try buffer.withBytes { (bytes) throws(RequestError) -> Int in
            try decoder.decode(bytes, into: &content)
        }
        buffer.consume(used)
    }

    /// Reads at least one byte, if it comes until `deadline`.
    func readMore(until deadline: MonotonicTime) async throws(BodyError) {
        do throws(StreamError) {
            while true {
                switch try await receive() {
                case .bytes: return
                case .endOfStream: throw .disconnected
                case .wouldBlock: try await stream.waitUntilReadable(deadline: deadline)
                }
            }
        } catch {
            throw error == .timedOut ? .timedOut : .disconnected
        }
    }

    /// Reads and drops what still comes, so that closing does not reset the connection before the client has read
    /// the answer (RFC 9112 §9.6). Bounded in bytes and time.
    func linger() async {
        let deadline = MonotonicTime.now + .seconds(2)
        var budget = 16 << 20
        do throws(StreamError) {
            while budget > 0, deadline > .now {
                buffer.consume(buffer.count)
                switch try await receive() {
                case .bytes(let count): budget -= count
                case .endOfStream: return
                case .wouldBlock: try await stream.waitUntilReadable(deadline: deadline)
                }
            }
        } catch {
            return
        }
    }
}
