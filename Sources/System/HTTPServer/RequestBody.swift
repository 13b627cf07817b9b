import EventLoop
public import HTTP

/// Why a request's content could not be read. The connection is closed after the answer.
public enum BodyError: Error, Sendable {
    /// The content breaks a rule or a limit, or there is no memory for it now.
    case refused(RequestError)
    /// No piece came in time, or the pieces come too slowly.
    case timedOut
    /// The client is gone, or the server is closing.
    case disconnected
}

/// The content of one request, read from the connection when somebody asks.
public final class RequestBody {
    private let input: ConnectionInput
    private let output: ConnectionOutput
    private let server: LoopServer
    private var reserved = 0
    @exclusivity(unchecked) private var readCount = 0
    @exclusivity(unchecked) private var remaining: Remaining
    private var awaitsContinue: Bool
    private static let step = 65_536

    private enum Remaining {
        case nothing
        case bytes(Int)
        case chunks(ChunkedDecoder)
        case failed(BodyError)
    }

    init(_ head: RequestHead, _ input: ConnectionInput, _ output: ConnectionOutput, _ server: LoopServer) {
        self.input = input
        self.output = output
        self.server = server
        let limits = server.configuration.limits
        awaitsContinue = head.expectsContinue
        remaining =
            switch head.framing {
            case .none, .length(0): .nothing
            case .length(let count) where count > limits.bodyBytes: .failed(.refused(.bodyTooLarge))
            case .length(let count): .bytes(count)
            case .chunked: .chunks(ChunkedDecoder(limits: limits))
            }
    }

    deinit {
        release()
    }

    /// Says that the content is of no use any more, so that others may have its memory while the request goes on.
    public func release() {
        if reserved > 0 { server.budgets.requests.release(reserved, of: ObjectIdentifier(self)) }
        reserved = 0
    }

    /// The whole content, if it has come already; otherwise `collect` waits for it. Most content comes with the head,
    /// and this spares the handler a suspension.
    public func received() throws(BodyError) -> [UInt8]? {
        var content: [UInt8] = []
        switch remaining {
        case .chunks: return nil
        case .bytes(let count) where count > input.count: return nil
        case .bytes(let count): content.reserveCapacity(count)
        case .nothing, .failed: break
        }
        _ = try take(into: &content)
        awaitsContinue = false
        return content
    }

    /// Reads the whole content, which is at most `HTTPLimits.bodyBytes` long.
    public func collect() async throws(BodyError) -> [UInt8] {
        var content: [UInt8] = []
        if case .bytes(let count) = remaining { content.reserveCapacity(min(count, Self.step)) }
        do throws(BodyError) {
            if try take(into: &content) { try await collectSlowly(into: &content) }
        } catch {
            remaining = .failed(error)
            throw error
        }
        awaitsContinue = false
        return content
    }

    /// Content that has not come with the head counts against what all requests may hold. While that is used up,
    /// nothing more is read.
    private func collectSlowly(into content: inout [UInt8]) async throws(BodyError) {
        if awaitsContinue {
            awaitsContinue = false
            try await sendContinue()
        }
        var pace = pace()
        repeat {
            try await reserve(content.count + nextStep, &pace)
            makeRoom(in: &content)
            try await input.readMore(until: pace.deadline(transferred: content.count))
        } while try take(into: &content)
        // From now on it counts as what it is; most are far smaller than a step.
        let rest = max(1, content.count)
        server.budgets.requests.release(reserved - rest, of: ObjectIdentifier(self), isLast: false)
        reserved = rest
    }

    /// What may come next: no more than is announced, so that many small contents do not wait for each other.
    private var nextStep: Int {
        if case .bytes(let rest) = remaining { min(rest, Self.step) } else { Self.step }
    }

    private func reserve(_ count: Int, _ pace: inout Pace) async throws(BodyError) {
        let missing = count - reserved
        guard missing > 0 else { return }
        let (budget, owner) = (server.budgets.requests, ObjectIdentifier(self))
        if !budget.reserve(missing, for: owner) {
            let start = MonotonicTime.now
            let end = start + server.configuration.bodyTimeout
            guard await budget.wait(for: missing, for: owner, until: end, on: server.loop) else {
                throw .refused(.outOfMemory)
            }
            pace.didPause(.now - start)
        }
        reserved = count
    }

    /// Room for the rest at once, as soon as at least half of it has come: what is announced alone costs no memory.
    private func makeRoom(in content: inout [UInt8]) {
        if case .bytes(let rest) = remaining, rest <= content.count { content.reserveCapacity(content.count + rest) }
    }

    /// Bytes of content read so far, however they were framed.
    public var receivedCount: Int { readCount }

    /// Whether it has been read to its end.
    var isFinished: Bool {
        if case .nothing = remaining { true } else { false }
    }

    /// Whether what the handler left unread is so little that the next request may follow on this connection. A
    /// client that still waits for `100 Continue` may or may not send its content, so nothing can follow there.
    func canBeSkipped(upTo limit: Int) -> Bool {
        switch remaining {
        case .nothing: return true
        case .failed: return false
        case .bytes(let count): return !awaitsContinue && count <= limit
        case .chunks: return !awaitsContinue && hasArrivedWhole()
        }
    }

    /// Reads and drops the rest. False when it does not come as announced.
    func skipRest() async -> Bool {
        var scratch: [UInt8] = []
        do throws(BodyError) {
            guard try take(into: &scratch) else { return true }
            let pace = pace()
            var skipped = 0
            repeat {
                skipped += scratch.count
                scratch.removeAll(keepingCapacity: true)
                try await input.readMore(until: pace.deadline(transferred: skipped))
            } while try take(into: &scratch)
            return true
        } catch {
            return false
        }
    }

    private func pace() -> Pace {
        Pace(stall: server.configuration.bodyTimeout, minimumRate: server.configuration.minimumRate)
    }

    private func hasArrivedWhole() -> Bool {
        var scratch: [UInt8] = []
        do throws(BodyError) {
            return try !take(into: &scratch)
        } catch {
            remaining = .failed(error)
            return false
        }
    }

    /// Earlier answers first: the client must not take this for a part of one of them.
    private func sendContinue() async throws(BodyError) {
        output.open()
        output.bytes += ResponseEncoder.continueBytes
        do throws(StreamError) {
            try await output.flush()
        } catch {
            throw .disconnected
        }
    }

    /// Moves what has been received into `content`. True when more must be read.
    private func take(into content: inout [UInt8]) throws(BodyError) -> Bool {
        switch remaining {
        case .nothing: return false
        case .failed(let error): throw error
        case .bytes(let count):
            let taken = input.takeBytes(upTo: count, into: &content)
            readCount += taken
            remaining = taken == count ? .nothing : .bytes(count - taken)
            return taken < count
        case .chunks(var decoder):
            let before = content.count
            defer { readCount += content.count - before }
            do throws(RequestError) {
                try input.decode(with: &decoder, into: &content)
            } catch {
                throw .refused(error)
            }
            remaining = decoder.isComplete ? .nothing : .chunks(decoder)
            return !decoder.isComplete
        }
    }
}
