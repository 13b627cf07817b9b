import EventLoop

/// The received bytes that nobody has taken yet. While it is empty it holds no memory, so that an idle connection
/// costs none.
struct InputBuffer: ~Copyable {
    private var storage: UnsafeMutableRawBufferPointer?
    private var start = 0
    private var end = 0
    private let pieces: InputPieces

    /// An empty buffer that takes its memory from a loop's stock.
    init(_ pieces: InputPieces) {
        self.pieces = pieces
    }

    deinit {
        if let storage { pieces.give(storage) }
    }

    var isEmpty: Bool { start == end }
    var count: Int { end - start }

    /// Lends the bytes that are there.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let storage else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return try body(UnsafeRawBufferPointer(rebasing: storage[start..<end]))
    }

    mutating func consume(_ count: Int) {
        precondition(count <= end - start, "more was taken than there is")
        start += count
        if start == end { release() }
    }

    /// Reads once from `stream`. The buffer grows as far as somebody lets unread bytes gather, which the parser's
    /// limits bound.
    mutating func fill(from stream: ByteStream) throws(StreamError) -> ByteStream.ReadOutcome {
        let room = makeRoom()
        let outcome = try stream.read(into: room)
        if case .bytes(let count) = outcome { end += count }
        if isEmpty { release() }
        return outcome
    }

    private mutating func makeRoom() -> UnsafeMutableRawBufferPointer {
        if let storage, storage.count - end >= InputPieces.size / 4 {
            return UnsafeMutableRawBufferPointer(rebasing: storage[end...])
        }
        let larger = pieces.take(atLeast: 2 * count)
        withBytes { larger.copyMemory(from: $0) }
        if let storage { pieces.give(storage) }
        storage = larger
        end = count
        start = 0
        return UnsafeMutableRawBufferPointer(rebasing: larger[end...])
    }

    private mutating func release() {
        if let storage { pieces.give(storage) }
        storage = nil
        start = 0
        end = 0
    }
}
