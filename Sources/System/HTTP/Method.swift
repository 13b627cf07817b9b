/// A request method (RFC 9110 §9). Methods are case-sensitive: `get` is not `GET`.
public enum Method: Hashable, Sendable {
    /// GET: read a resource.
    case get
    /// HEAD: as GET, without the body.
    case head
    /// POST: let the resource process the content.
    case post
    /// PUT: replace the resource.
    case put
    /// DELETE: remove the resource.
    case delete
    /// CONNECT: a tunnel through a proxy.
    case connect
    /// OPTIONS: what can be done here.
    case options
    /// TRACE: a loop-back test.
    case trace
    /// PATCH: change the resource in part (RFC 5789).
    case patch
    /// Any other token, as it was sent.
    case other(String)
}

extension Method: CustomStringConvertible {
    /// The token as it stands in a request line.
    public var description: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .connect: "CONNECT"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .patch: "PATCH"
        case .other(let token): token
        }
    }
}

extension Method {
    /// Reads a method from bytes already known to be a token.
    init(token: Range<Int>, in bytes: Span<UInt8>) {
        self = Method.standard(token, in: bytes) ?? .other(bytes.text(token))
    }

    private static func standard(_ token: Range<Int>, in bytes: Span<UInt8>) -> Method? {
        switch token.count {
        case 3:
            if bytes.holds("GET", at: token) { return .get }
            return bytes.holds("PUT", at: token) ? .put : nil
        case 4:
            if bytes.holds("POST", at: token) { return .post }
            return bytes.holds("HEAD", at: token) ? .head : nil
        case 5:
            if bytes.holds("PATCH", at: token) { return .patch }
            return bytes.holds("TRACE", at: token) ? .trace : nil
        case 6: return bytes.holds("DELETE", at: token) ? .delete : nil
        case 7:
            if bytes.holds("OPTIONS", at: token) { return .options }
            return bytes.holds("CONNECT", at: token) ? .connect : nil
        default: return nil
        }
    }
}
