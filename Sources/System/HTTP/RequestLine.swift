/// The first line of a request: method, target, version (RFC 9112 §3).
struct RequestLine: Sendable {
    let method: Method
    let target: RequestTarget
    let version: Version

    /// Reads a line without its CRLF. Exactly one SP stands between the parts: every other reading of blanks has
    /// been a way to smuggle.
    init(_ line: Range<Int>, in bytes: Span<UInt8>) throws(RequestError) {
        let methodEnd = try RequestLine.endOfMethod(line, in: bytes)
        let rest = methodEnd + 1..<line.upperBound
        guard let targetEnd = bytes.firstIndex(of: .space, in: rest) else {
            throw RequestLine.faultWithoutVersion(rest, in: bytes)
        }
        let targetRange = rest.lowerBound..<targetEnd
        guard !targetRange.isEmpty else { throw .missingTarget }
        let versionRange = targetEnd + 1..<line.upperBound
        for index in versionRange where bytes[index].isBlank { throw .extraWhitespace }

        version = try Version(versionRange, in: bytes)
        method = Method(token: line.lowerBound..<methodEnd, in: bytes)
        target = try RequestTarget(targetRange, method: method, in: bytes)
    }

    private static func endOfMethod(_ line: Range<Int>, in bytes: Span<UInt8>) throws(RequestError) -> Int {
        var index = line.lowerBound
        while index < line.upperBound, ByteSet.token.contains(bytes[index]) { index += 1 }
        guard index < line.upperBound else { throw .missingTarget }
        guard bytes[index] == .space, index > line.lowerBound else { throw .invalidMethod }
        return index
    }

    private static func faultWithoutVersion(_ rest: Range<Int>, in bytes: Span<UInt8>) -> RequestError {
        let looksLikeVersion = rest.count >= 5 && bytes.holds("HTTP/", at: rest.lowerBound..<rest.lowerBound + 5)
        return rest.isEmpty || looksLikeVersion ? .missingTarget : .missingVersion
    }
}
