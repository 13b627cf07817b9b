import EventLoop

/// The received bytes that nobody has taken yet. It holds no memory while it is empty, so that an idle
/// connection costs none.
struct InputBuffer: ~Copyable {
    private var storage: UnsafeMutableRawBufferPointer?
    private var start = 0
    private var end = 0
    private static let pieceSize = 16_384

    deinit {
        storage?.deallocate()
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
        if let storage, storage.count - end >= Self.pieceSize / 4 {
            return UnsafeMutableRawBufferPointer(rebasing: storage[end...])
        }
        let size = max(Self.pieceSize, 2 * count)
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        withBytes { larger.copyMemory(from: $0) }
        storage?.deallocate()
        storage = larger
        end = count
        start = 0
        return UnsafeMutableRawBufferPointer(rebasing: larger[end...])
    }

    private mutating func release() {
        storage?.deallocate()
        storage = nil
        start = 0
        end = 0
    }
}
