import EventLoop
import HTTP

/// The receiving side of a connection: the stream and the bytes that have come and are not used yet.
final class ConnectionInput {
    let stream: ByteStream
    @exclusivity(unchecked) private var buffer: InputBuffer
    @exclusivity(unchecked) private var parser: RequestParser
    private let patience: Patience
    private let idleNanoseconds: Int64
    private var headDeadline: MonotonicTime?
    private var readsInARow = 0
    /// Whether the wait for the next head ends as soon as no byte of it has come.
    private(set) var endsWhenIdle = false
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
        idleNanoseconds = min(patience.idle.wholeNanoseconds, .max / 2)
        buffer = InputBuffer(server.inputPieces)
        var limits = server.configuration.limits
        // A body that is too large is the handler's to refuse: its answer carries what all answers carry.
        limits.bodyBytes = .max
        parser = RequestParser(limits: limits)
    }

    enum Event {
        case head(RequestHead)
        case malformed(RequestError)
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

    var isEmpty: Bool { buffer.isEmpty }
    var count: Int { buffer.count }

    /// Whether the wait for the next head is over before it begins.
    var hasToEnd: Bool { endsWhenIdle && buffer.isEmpty }

    /// Ends the wait for the next head as soon as no byte of it has come, now or later.
    func endWhenIdle() {
        endsWhenIdle = true
        stream.wakeReader()
    }

    /// Reads what is there, without waiting.
    func receive() throws(StreamError) -> ByteStream.ReadOutcome {
        let outcome = try buffer.fill(from: stream)
        readsInARow = outcome == .wouldBlock ? 0 : readsInARow + 1
        return outcome
    }

    /// A client that sends without pause lets the loop's other clients go first now and then.
    func shouldLetOthersGo() -> Bool {
        guard readsInARow > Self.fairReads else { return false }
        readsInARow = 0
        return true
    }

    /// Between requests the idle time runs; from the first byte of a head on, the time for the whole head.
    func deadline() -> MonotonicTime {
        if buffer.isEmpty { return MonotonicTime(nanoseconds: stream.loop.recently.nanoseconds + idleNanoseconds) }
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
                if shouldLetOthersGo() { await Task.yield() }
                switch try receive() {
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
                if shouldLetOthersGo() { await Task.yield() }
                switch try receive() {
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
