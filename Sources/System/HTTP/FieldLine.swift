/// One field of a head: where its name and its value stand (RFC 9112 §5).
struct FieldLine: Equatable, Sendable {
    let name: ByteRange
    let value: ByteRange

    /// Reads `name ":" OWS value OWS`; the line holds no control bytes any more.
    @inline(__always)
    init(_ line: Range<Int>, in bytes: Span<UInt8>, isFirst: Bool) throws(RequestError) {
        var index = line.lowerBound
        while index < line.upperBound, ByteSet.token.contains(bytes[index]) { index &+= 1 }
        guard index < line.upperBound, bytes[index] == .colon, index > line.lowerBound else {
            throw FieldLine.fault(in: line, of: bytes, isFirst: isFirst)
        }
        name = ByteRange(line.lowerBound..<index)
        value = ByteRange(bytes.trimmed(index &+ 1..<line.upperBound))
    }

    private static func fault(in line: Range<Int>, of bytes: Span<UInt8>, isFirst: Bool) -> RequestError {
        if bytes[line.lowerBound].isBlank { return isFirst ? .leadingWhitespace : .obsoleteFold }
        guard let colon = bytes.firstIndex(of: .colon, in: line) else { return .missingColon }
        if colon == line.lowerBound { return .emptyFieldName }
        let name = bytes.trimmed(line.lowerBound..<colon)
        for index in name where !ByteSet.token.contains(bytes[index]) { return .invalidFieldName }
        return .spaceBeforeColon
    }
}
