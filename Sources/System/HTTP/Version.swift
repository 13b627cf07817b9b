/// The protocol version a request is treated as (RFC 9112 §2.3). A later minor version counts as 1.1.
public enum Version: Hashable, Sendable {
    /// HTTP/1.0: connections close by default, no chunks, no interim responses.
    case http10
    /// HTTP/1.1.
    case http11
}

extension Version: CustomStringConvertible {
    /// The version as it stands in a start line.
    public var description: String {
        switch self {
        case .http10: "HTTP/1.0"
        case .http11: "HTTP/1.1"
        }
    }
}

extension Version {
    /// Reads `HTTP/1.0` or `HTTP/1.1`; anything that is not a version at all is 400, another major version 505.
    init(_ range: Range<Int>, in bytes: Span<UInt8>) throws(RequestError) {
        guard range.count == 8, bytes.holds("HTTP/", at: range.lowerBound..<range.lowerBound + 5) else {
            throw .invalidVersion
        }
        let major = bytes[range.lowerBound + 5]
        let minor = bytes[range.lowerBound + 7]
        guard bytes[range.lowerBound + 6] == UInt8(ascii: "."), ByteSet.digit.contains(major),
            ByteSet.digit.contains(minor)
        else { throw .invalidVersion }
        guard major == UInt8(ascii: "1") else { throw .unsupportedVersion }
        self = minor == UInt8(ascii: "0") ? .http10 : .http11
    }
}
