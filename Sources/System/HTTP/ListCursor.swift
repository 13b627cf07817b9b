/// Walks a comma-separated field value, element by element, blanks trimmed (RFC 9110 §5.6.1).
struct ListCursor {
    private var position: Int
    private let end: Int
    private var isAtEnd = false

    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next element, which may be empty; `nil` after the last one.
    mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
        guard !isAtEnd else { return nil }
        let start = position
        while position < end, bytes[position] != .comma { position += 1 }
        let element = bytes.trimmed(start..<position)
        if position < end { position += 1 } else { isAtEnd = true }
        return element
    }
}
