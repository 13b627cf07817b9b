/// How much one peer may make us read, per request. Every bound has its own answer, so a client can tell which one
/// it met.
public struct HTTPLimits: Sendable, Equatable {
    /// Bytes of the request line without its CRLF; beyond it 414. Default 8 192; RFC 9112 §3 asks for at least 8 000.
    public var requestLineBytes = 8_192
    /// Bytes of the header section with all its CRLFs; beyond it 431. Default 32 768.
    public var headerSectionBytes = 32_768
    /// Field lines in the header section; beyond it 431. Default 100.
    public var headerFieldCount = 100
    /// Bytes of the decoded body; beyond it 413, whether announced or streamed. Default 4 MiB.
    public var bodyBytes = 4 * 1_024 * 1_024
    /// Bytes of one chunk-size line with its extensions, without the CRLF; beyond it 400. Default 256.
    public var chunkLineBytes = 256
    /// Bytes of chunk framing that carry no data, over a fair share for each chunk; beyond it 400. Default 16 384.
    public var chunkOverheadBytes = 16_384
    /// Bytes of the trailer section with all its CRLFs; beyond it 431. Default 8 192.
    public var trailerSectionBytes = 8_192
    /// Empty lines tolerated before a request line (RFC 9112 §2.2); beyond it 400. Default 2.
    public var leadingEmptyLines = 2

    /// The defaults named at each limit.
    public init() {}
}
