/// The head of one request: one copy of its bytes and a table of where things stand in it.
///
/// No text is made before somebody asks for it. Everything has been checked already: framing cannot contradict
/// itself, names are tokens, values hold no control bytes besides HTAB.
public struct RequestHead: Sendable, Equatable {
    let bytes: [UInt8]
    let fields: [FieldLine]
    let parts: RequestTarget
    let host: ByteRange?

    /// The method, as sent.
    public let method: Method
    /// The version the request is treated as.
    public let version: Version
    /// How the end of the body is found.
    public let framing: BodyFraming
    /// Whether the client lets the connection live on after the response (RFC 9112 §9.3).
    public let isKeepAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    public let expectsContinue: Bool

    init(
        bytes: [UInt8], fields: [FieldLine], line: RequestLine, host: ByteRange?, framing: BodyFraming,
        isKeepAlive: Bool, expectsContinue: Bool
    ) {
        self.bytes = bytes
        self.fields = fields
        self.parts = line.target
        self.host = host
        self.method = line.method
        self.version = line.version
        self.framing = framing
        self.isKeepAlive = isKeepAlive
        self.expectsContinue = expectsContinue
    }

    func text(_ range: ByteRange) -> String {
        bytes.span.text(range.range)
    }
}
