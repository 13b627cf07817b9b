/// Reads request heads from a growing buffer (RFC 9112 §2–§6).
///
/// Each line is checked and taken apart once, when its CRLF is there, and the search for a CRLF goes on where it
/// stopped: bytes that drip in one at a time cost no more than bytes that come at once. Limits and forbidden bytes
/// are noticed as they come. The outcome depends on the bytes alone, never on how they were split. One parser
/// serves one connection, on one thread at a time.
public struct RequestParser: Sendable {
    private let limits: HTTPLimits
    /// Where the head begins in the buffer: behind the empty lines that were skipped.
    private var origin = 0
    private var emptyLines = 0
    /// Offsets from `origin`, as everything below.
    private var lineStart = 0
    private var searched = 0
    private var fieldsStart = 0
    private var requestLine: RequestLine?
    private var fields: [FieldLine] = []
    private var failure: RequestError?

    /// A parser for one connection.
    public init(limits: HTTPLimits = HTTPLimits()) {
        var bounded = limits
        bounded.requestLineBytes = min(limits.requestLineBytes, ByteRange.mostBytes)
        bounded.headerSectionBytes = min(limits.headerSectionBytes, ByteRange.mostBytes)
        self.limits = bounded
    }

    /// Looks at all bytes received since the last complete request, from its first one.
    ///
    /// After `.complete` drop the consumed bytes (and the body) and call again for the next request. A failure is
    /// final: every later call repeats it.
    public mutating func parse(_ buffer: UnsafeRawBufferPointer) -> ParseResult {
        if let failure { return .failure(failure) }
        let bytes = buffer.bindMemory(to: UInt8.self).span
        do throws(RequestError) {
            guard try skipEmptyLines(bytes) else { return .needsMore }
            let received = bytes.extracting(origin..<bytes.count)
            guard let line = try readRequestLine(received), let end = try readFields(received) else {
                return .needsMore
            }
            let head = try finish(line, received.extracting(0..<end))
            let consumed = origin + end
            reset()
            return .complete(head, consumed: consumed)
        } catch {
            failure = error
            return .failure(error)
        }
    }

    /// Whether bytes of a request have been seen; `false` between requests, when an idle connection may be closed.
    public var isInsideHead: Bool { requestLine != nil || searched > 0 }

    /// Skips CRLFs before the request line and says whether a first byte is there (RFC 9112 §2.2).
    private mutating func skipEmptyLines(_ bytes: Span<UInt8>) throws(RequestError) -> Bool {
        guard searched == 0, requestLine == nil else { return true }
        while origin < bytes.count, bytes[origin] == .carriageReturn {
            guard origin + 1 < bytes.count else { return false }
            guard bytes[origin + 1] == .lineFeed else { throw .bareCR }
            emptyLines += 1
            guard emptyLines <= limits.leadingEmptyLines else { throw .tooManyEmptyLines }
            origin += 2
        }
        guard origin < bytes.count else { return false }
        try RequestParser.checkFirst(bytes[origin])
        return true
    }

    /// What cannot begin a request need not be waited for: other protocols are refused at their first byte.
    private static func checkFirst(_ byte: UInt8) throws(RequestError) {
        let handshakeRecord: UInt8 = 0x16
        if byte == handshakeRecord { throw .tlsHandshake }
        if byte.isForbiddenControl { throw .refusal(ofControl: byte) }
        guard ByteSet.token.contains(byte) else { throw .invalidMethod }
    }

    private mutating func readRequestLine(_ bytes: Span<UInt8>) throws(RequestError) -> RequestLine? {
        if let requestLine { return requestLine }
        let limit = limits.requestLineBytes + 2
        let end = try bytes.endOfLine(from: &searched, to: min(bytes.count, limit))
        guard let end else {
            guard bytes.count < limit else { throw .requestLineTooLong }
            return nil
        }
        let line = try RequestLine(0..<end, in: bytes)
        requestLine = line
        fieldsStart = end + 2
        lineStart = fieldsStart
        searched = fieldsStart
        fields.reserveCapacity(16)
        return line
    }

    /// Reads field lines up to the empty one and gives the index behind it.
    private mutating func readFields(_ bytes: Span<UInt8>) throws(RequestError) -> Int? {
        let limit = fieldsStart + limits.headerSectionBytes
        let bound = min(bytes.count, limit)
        while let end = try bytes.endOfLine(from: &searched, to: bound) {
            if end == lineStart { return end + 2 }
            guard fields.count < limits.headerFieldCount else { throw .tooManyFields }
            fields.append(try FieldLine(lineStart..<end, in: bytes, isFirst: fields.isEmpty))
            lineStart = end + 2
            searched = lineStart
        }
        guard bytes.count < limit else { throw .headerSectionTooLarge }
        return nil
    }

    private mutating func reset() {
        origin = 0
        emptyLines = 0
        lineStart = 0
        searched = 0
        fieldsStart = 0
        requestLine = nil
        fields = []
    }

    private func finish(_ line: RequestLine, _ bytes: Span<UInt8>) throws(RequestError) -> RequestHead {
        let meaning = try HeadMeaning(fields, in: bytes)
        try meaning.checkHost(line.version)
        let framing = try meaning.framing(line.version, limit: limits.bodyBytes)
        return RequestHead(
            bytes: bytes.withUnsafeBufferPointer { Array($0) },
            fields: fields,
            line: line,
            host: meaning.host,
            framing: framing,
            isKeepAlive: meaning.isKeepAlive(line.version),
            expectsContinue: meaning.expectsContinue(line.version, framing)
        )
    }
}
