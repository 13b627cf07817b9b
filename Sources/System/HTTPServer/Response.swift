public import HTTP

/// What a handler answers.
public struct Response: Sendable {
    /// Status and fields; framing, `Date` and `Connection` are the server's business.
    public var head: ResponseHead
    /// The content. For HEAD requests it is announced and not sent.
    public var body: Body

    /// An answer with content of the given type.
    public init(_ status: Status, contentType: String, body: Body) {
        head = ResponseHead(status)
        head.fields.add(.contentType, contentType)
        self.body = body
    }

    /// An answer whose whole content is there already.
    public init(_ status: Status, contentType: String, body: [UInt8]) {
        self.init(status, contentType: contentType, body: .bytes(body))
    }

    /// An answer without content.
    public init(_ status: Status) {
        head = ResponseHead(status)
        body = .empty
    }

    /// A plain text answer.
    public init(_ status: Status, text: String) {
        self.init(status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    /// The status, for middleware.
    public var status: Status { head.status }
}
