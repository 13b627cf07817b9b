import EventLoop
public import HTTP

/// Why a request's content could not be read. The connection is closed after the answer.
public enum BodyError: Error, Sendable {
    /// The content breaks a rule or a limit.
    case malformed(RequestError)
    /// No piece came in time.
    case timedOut
    /// The client is gone, or the server is closing.
    case disconnected
}

/// The content of one request, read from the connection when somebody asks.
public final class RequestBody {
    private let input: ConnectionInput
    private var remaining: Remaining
    private var awaitsContinue: Bool
    private let limits: HTTPLimits

    private enum Remaining {
        case nothing
        case bytes(Int)
        case chunks(ChunkedDecoder)
        case failed(BodyError)
    }

    init(_ head: RequestHead, _ input: ConnectionInput, _ limits: HTTPLimits) {
        self.input = input
        self.limits = limits
        awaitsContinue = head.expectsContinue
        remaining =
            switch head.framing {
            case .none, .length(0): .nothing
            case .length(let count): .bytes(count)
            case .chunked: .chunks(ChunkedDecoder(limits: limits))
            }
    }

    /// Reads the whole content, which is at most `HTTPLimits.bodyBytes` long.
    public func collect() async throws(BodyError) -> [UInt8] {
        var content: [UInt8] = []
        if case .bytes(let count) = remaining { content.reserveCapacity(min(count, 1 << 16)) }
        do throws(BodyError) {
            while try take(into: &content) {
                if awaitsContinue {
                    awaitsContinue = false
                    try await input.sendContinue()
                }
                try await input.readMore()
            }
        } catch {
            remaining = .failed(error)
            throw error
        }
        awaitsContinue = false
        return content
    }

    /// Whether the next request can follow on this connection after at most `limit` more bytes are thrown away.
    func discardRest(upTo limit: Int) async -> Bool {
        if case .nothing = remaining { return true }
        if awaitsContinue { return false }
        var thrownAway = 0
        var scratch: [UInt8] = []
        do throws(BodyError) {
            while try take(into: &scratch) {
                thrownAway += scratch.count
                scratch.removeAll(keepingCapacity: true)
                if thrownAway > limit { return false }
                try await input.readMore()
            }
            return true
        } catch {
            return false
        }
    }

    /// Moves what has been received into `content`. True when more must be read.
    private func take(into content: inout [UInt8]) throws(BodyError) -> Bool {
        switch remaining {
        case .nothing: return false
        case .failed(let error): throw error
        case .bytes(let count):
            let taken = input.takeBytes(upTo: count, into: &content)
            remaining = taken == count ? .nothing : .bytes(count - taken)
            return taken < count
        case .chunks(var decoder):
            do throws(RequestError) {
                try input.decode(with: &decoder, into: &content)
            } catch {
                throw .malformed(error)
            }
            remaining = decoder.isComplete ? .nothing : .chunks(decoder)
            return !decoder.isComplete
        }
    }
}
