/// What the `Transfer-Encoding` fields of a request add up to (RFC 9112 §6.1).
struct TransferCodings {
    private var endsInChunked = false
    private var chunkedCount = 0
    private var hasUnknown = false
    private(set) var isPresent = false

    /// Adds one field's codings, in order. Whatever resembles `chunked` without being it is an attempt to be read
    /// in two ways, not a coding that is merely unknown.
    mutating func add(_ value: Range<Int>, in bytes: Span<UInt8>) throws(RequestError) {
        isPresent = true
        var list = ListCursor(value)
        while let coding = list.next(in: bytes) {
            guard !coding.isEmpty else { throw .invalidTransferEncoding }
            for index in coding where !ByteSet.token.contains(bytes[index]) { throw .invalidTransferEncoding }
            endsInChunked = bytes.holds(lowercase: "chunked", at: coding)
            if endsInChunked {
                chunkedCount += 1
            } else if bytes.holds(lowercase: "identity", at: coding) {
                throw .identityTransferEncoding
            } else if TransferCodings.resemblesChunked(coding, in: bytes) {
                throw .invalidTransferEncoding
            } else {
                hasUnknown = true
            }
        }
    }

    /// Refuses everything but a single `chunked`.
    func check() throws(RequestError) {
        if chunkedCount > 1 { throw .repeatedChunked }
        if chunkedCount == 1, !endsInChunked { throw .chunkedNotLast }
        if hasUnknown { throw .unknownTransferCoding }
    }

    private static func resemblesChunked(_ coding: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        let length = 7
        guard coding.count > length else { return false }
        for start in coding.lowerBound...coding.upperBound - length
        where bytes.holds(lowercase: "chunked", at: start..<start + length) {
            return true
        }
        return false
    }
}
