import HTTP

/// Reads requests as a connection does: heads by the parser, bodies by their framing, from bytes that come in pieces.
struct RequestStream {
    struct Exchange: Equatable {
        /// `nil` for the body that a stream began with.
        let head: RequestHead?
        /// Where the head stands in the stream.
        let place: Range<Int>
        var body: [UInt8] = []
        var isComplete = false
    }

    enum End: Equatable {
        case waiting(isInsideHead: Bool)
        case refused(rule: String)
    }

    /// What became of the bytes.
    struct Transcript: Equatable {
        let exchanges: [Exchange]
        let end: End
    }

    private enum Stage {
        case head
        case length(Int)
        case chunks(ChunkedDecoder)
    }

    let bytes: [UInt8]
    let limits: HTTPLimits
    private var parser: RequestParser
    private var stage = Stage.head
    /// Everything before it is used up.
    private var position = 0
    private var exchanges: [Exchange] = []
    private var refusal: RequestError?

    init(_ bytes: [UInt8], _ limits: HTTPLimits, insideChunkedBody: Bool = false) {
        self.bytes = bytes
        self.limits = limits
        parser = RequestParser(limits: limits)
        if insideChunkedBody {
            stage = .chunks(ChunkedDecoder(limits: limits))
            exchanges = [Exchange(head: nil, place: 0..<0)]
        }
    }

    /// Reads everything, shown up to each of the cuts first.
    func transcript(cutAt cuts: [Int]) throws(Violation) -> Transcript {
        var stream = self
        for end in cuts + [bytes.count] { try stream.receive(to: end) }
        let end = stream.refusal.map { End.refused(rule: $0.rule) }
        return Transcript(
            exchanges: stream.exchanges, end: end ?? .waiting(isInsideHead: stream.parser.isInsideHead))
    }

    private mutating func receive(to end: Int) throws(Violation) {
        var goesOn = true
        while goesOn, refusal == nil {
            switch stage {
            case .head: goesOn = try readHead(to: end)
            case .length(let remaining): goesOn = readBody(remaining, to: end)
            case .chunks(let decoder): goesOn = try readChunks(decoder, to: end)
            }
        }
    }

    /// A copy, so that a kept pointer or a look past the end is noticed where memory is watched.
    private func received(to end: Int) -> [UInt8] { Array(bytes[position..<end]) }

    private mutating func readHead(to end: Int) throws(Violation) -> Bool {
        let window = received(to: end)
        switch window.withUnsafeBytes({ parser.parse($0) }) {
        case .needsMore: return false
        case .failure(let error):
            refusal = error
            guard case .failure(error) = window.withUnsafeBytes({ parser.parse($0) }) else {
                throw Violation(description: "a failure is not final")
            }
            return false
        case .complete(let head, let consumed):
            try Violation.unless(consumed > 0 && consumed <= window.count, "\(consumed) of \(window.count) bytes used")
            try Violation.unless(!parser.isInsideHead, "the parser is inside a head after its end")
            exchanges.append(Exchange(head: head, place: position..<position + consumed))
            position += consumed
            beginBody(head.framing)
            return true
        }
    }

    private mutating func beginBody(_ framing: BodyFraming) {
        switch framing {
        case .none: exchanges[exchanges.count - 1].isComplete = true
        case .length(let count): stage = .length(count)
        case .chunked: stage = .chunks(ChunkedDecoder(limits: limits))
        }
    }

    private mutating func readBody(_ remaining: Int, to end: Int) -> Bool {
        let count = min(remaining, end - position)
        exchanges[exchanges.count - 1].body += bytes[position..<position + count]
        position += count
        guard count == remaining else {
            stage = .length(remaining - count)
            return false
        }
        finishBody()
        return true
    }

    private mutating func finishBody() {
        exchanges[exchanges.count - 1].isComplete = true
        stage = .head
    }

    private mutating func readChunks(_ before: ChunkedDecoder, to end: Int) throws(Violation) -> Bool {
        let window = received(to: end)
        var decoder = before
        let step: ChunkedDecoder.Step
        do throws(RequestError) {
            step = try decoder.next(window)
        } catch {
            refusal = error
            try ChunkProperties.checkIsFinal(decoder, error, window)
            return false
        }
        stage = .chunks(decoder)
        try ChunkProperties.check(step, window.count)
        switch step {
        case .needsMore: position = end
        case .body(let range):
            exchanges[exchanges.count - 1].body += window[range]
            position += range.upperBound
        case .complete(let consumed):
            position += consumed
            finishBody()
        }
        try ChunkProperties.check(decoder, exchanges[exchanges.count - 1].body.count, limits)
        return step != .needsMore
    }
}
