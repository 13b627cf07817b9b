/// Takes the chunked coding off a body, byte by byte as it comes (RFC 9112 §7.1).
///
/// It holds no bytes back: chunk data is pointed out in the caller's buffer, framing and trailers are checked and
/// dropped. Trailers are never merged into the head. One decoder serves one body; an error is final.
public struct ChunkedDecoder: Sendable {
    /// What a look at some bytes gave.
    public enum Step: Equatable, Sendable {
        /// All bytes were used up and the body is not over.
        case needsMore
        /// Body bytes at these offsets; everything before the upper bound is used up.
        case body(Range<Int>)
        /// The body is over; this many bytes were used up, the rest is the next request.
        case complete(consumed: Int)
    }

    private enum Stage {
        case sizeLine(ChunkSizeLine)
        case data
        case dataCR
        case dataLF
        case trailers(TrailerSection)
        case complete
        case failed(RequestError)
    }

    private let limits: HTTPLimits
    private var stage = Stage.sizeLine(ChunkSizeLine())
    private var remaining = 0
    private var excess = 0

    /// Bytes of body announced so far, the chunk that is under way included.
    public private(set) var bodyLength = 0

    /// A decoder for one body.
    public init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
    }

    /// Whether the last chunk and the trailers have been read.
    public var isComplete: Bool {
        if case .complete = stage { true } else { false }
    }

    /// Goes on to the next piece of body or to the end of `input`; call again with what is left after `.body`.
    public mutating func next(_ input: UnsafeRawBufferPointer) throws(RequestError) -> Step {
        if case .failed(let error) = stage { throw error }
        let bytes = input.bindMemory(to: UInt8.self).span
        do throws(RequestError) {
            return try advance(bytes)
        } catch {
            stage = .failed(error)
            throw error
        }
    }

    /// Appends all body bytes in `input` to `body` and says how many bytes of `input` were used up: all of them,
    /// unless the body is complete.
    public mutating func decode(
        _ input: UnsafeRawBufferPointer, into body: inout [UInt8]
    ) throws(RequestError) -> Int {
        var consumed = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: input[consumed...])
            switch try next(rest) {
            case .needsMore: return input.count
            case .complete(let count): return consumed + count
            case .body(let range):
                body.append(contentsOf: rest[range])
                consumed += range.upperBound
            }
        }
    }

    private mutating func advance(_ bytes: Span<UInt8>) throws(RequestError) -> Step {
        var index = 0
        while index < bytes.count {
            switch stage {
            case .data:
                let end = index + min(remaining, bytes.count - index)
                remaining -= end - index
                if remaining == 0 { stage = .dataCR }
                return .body(index..<end)
            case .complete:
                return .complete(consumed: index)
            default:
                try take(bytes[index])
                index += 1
            }
        }
        return isComplete ? .complete(consumed: index) : .needsMore
    }

    private mutating func take(_ byte: UInt8) throws(RequestError) {
        switch stage {
        case .sizeLine(var line):
            let isOver = try line.take(byte, limit: limits.chunkLineBytes)
            stage = isOver ? try begin(line) : .sizeLine(line)
        case .dataCR:
            guard byte == .carriageReturn else { throw .unterminatedChunk }
            stage = .dataLF
        case .dataLF:
            guard byte == .lineFeed else { throw .unterminatedChunk }
            stage = .sizeLine(ChunkSizeLine())
        case .trailers(var section):
            let isOver = try section.take(byte, limit: limits.trailerSectionBytes)
            stage = isOver ? .complete : .trailers(section)
        case .data, .complete, .failed: break
        }
    }

    /// Opens a chunk. Many tiny chunks with long extensions would make us read hundreds of bytes for each byte of
    /// body, so what a line exceeds its fair share by is added up.
    private mutating func begin(_ line: ChunkSizeLine) throws(RequestError) -> Stage {
        guard line.size > 0 else { return .trailers(TrailerSection()) }
        guard line.size <= limits.bodyBytes - bodyLength else { throw .bodyTooLarge }
        let fairShare = 16 + 2 * line.size
        excess = max(0, excess + line.length - fairShare)
        guard excess <= limits.chunkOverheadBytes else { throw .chunkOverhead }
        bodyLength += line.size
        remaining = line.size
        return .data
    }
}
