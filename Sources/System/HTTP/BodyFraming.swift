/// How the end of a request body is found (RFC 9112 §6.3).
public enum BodyFraming: Equatable, Sendable {
    /// Neither length nor coding: the request ends with its head.
    case none
    /// `Content-Length`, in bytes; zero is possible.
    case length(Int)
    /// `Transfer-Encoding: chunked`.
    case chunked

    /// Whether bytes that belong to the request follow its head.
    public var hasBody: Bool {
        switch self {
        case .none: false
        case .length(let count): count > 0
        case .chunked: true
        }
    }
}

extension BodyFraming {
    /// Reads the value of a `Content-Length` field: digits, no sign, no leading zero, no list (RFC 9110 §8.6).
    ///
    /// A list of equal values and leading zeros may be accepted by the letter; they are refused because the parsers
    /// in front of a server do not agree on them.
    static func contentLength(_ value: Range<Int>, in bytes: Span<UInt8>) throws(RequestError) -> Int {
        guard !value.isEmpty else { throw .emptyContentLength }
        for index in value where !ByteSet.digit.contains(bytes[index]) {
            throw bytes.firstIndex(of: .comma, in: value) == nil ? .invalidContentLength : .contentLengthList
        }
        guard value.count == 1 || bytes[value.lowerBound] != .zero else { throw .contentLengthLeadingZero }
        var length = 0
        for index in value {
            let (tens, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(bytes[index] - .zero))
            guard !overflow, !carry else { throw .contentLengthOverflow }
            length = sum
        }
        return length
    }
}
