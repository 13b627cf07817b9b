/// Writes response heads for one request (RFC 9112 §4, §6, §9): it knows what was asked, so it knows what may follow.
public struct ResponseEncoder: Sendable {
    /// `HTTP/1.1 100 Continue`, complete; not for HTTP/1.0 clients (RFC 9110 §15.2).
    public static let continueBytes = Status.continue.line + crlf

    private static let crlf: [UInt8] = [.carriageReturn, .lineFeed]
    private static let contentLength = Array("Content-Length: ".utf8)
    private static let chunked = Array("Transfer-Encoding: chunked\r\n".utf8)
    private static let close = Array("Connection: close\r\n".utf8)
    private static let keepAlive = Array("Connection: keep-alive\r\n".utf8)

    private let isHead: Bool
    private let version: Version
    /// Whether the connection lives on after the response. Settled once ``encode(_:body:date:into:)`` has run: a
    /// stream to HTTP/1.0 can only end by closing.
    public private(set) var keepsAlive: Bool
    /// Whether what follows the head goes through ``ChunkEncoder``. Settled with ``keepsAlive``.
    public private(set) var isChunked = false

    /// An encoder for the answer to `request`; pass `keepsAlive: false` when the server itself wants to close.
    public init(to request: RequestHead, keepsAlive: Bool = true) {
        self.init(method: request.method, version: request.version, keepsAlive: keepsAlive && request.isKeepAlive)
    }

    /// An encoder for an answer to a request that has no head, such as a malformed one.
    public init(method: Method = .get, version: Version = .http11, keepsAlive: Bool = false) {
        self.isHead = method == .head
        self.version = version
        self.keepsAlive = keepsAlive
    }

    /// Appends the head with its framing to `output` and says how the body must follow.
    ///
    /// 1xx, 204 and 304 get no framing at all. An answer to HEAD announces what GET would have sent.
    public mutating func encode(
        _ head: ResponseHead, body: ResponseBody, date: DateField, into output: inout [UInt8]
    ) -> BodyTransmission {
        let transmission = transmission(head.status, body)
        if transmission == .untilClose { keepsAlive = false }
        isChunked = transmission == .chunked
        output.append(contentsOf: head.status.line)
        output.append(contentsOf: date.bytes)
        output.append(contentsOf: head.fields.bytes)
        if head.status.allowsBody { appendFraming(body, to: &output) }
        if !keepsAlive {
            output.append(contentsOf: ResponseEncoder.close)
        } else if version == .http10 {
            output.append(contentsOf: ResponseEncoder.keepAlive)
        }
        output.append(contentsOf: ResponseEncoder.crlf)
        return transmission
    }

    private func transmission(_ status: Status, _ body: ResponseBody) -> BodyTransmission {
        guard status.allowsBody, !isHead else { return .omitted }
        switch body {
        case .length: return .plain
        case .stream: return version == .http11 ? .chunked : .untilClose
        }
    }

    private func appendFraming(_ body: ResponseBody, to output: inout [UInt8]) {
        switch body {
        case .length(let count):
            output.append(contentsOf: ResponseEncoder.contentLength)
            output.append(decimal: count)
            output.append(contentsOf: ResponseEncoder.crlf)
        case .stream:
            if version == .http11 { output.append(contentsOf: ResponseEncoder.chunked) }
        }
    }
}
