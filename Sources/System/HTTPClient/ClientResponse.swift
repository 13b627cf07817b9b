/// A whole response.
public struct ClientResponse: Sendable {
    /// Status and header fields.
    public let head: ClientResponseHead
    /// The body, at most `HTTPClientConfiguration.maxResponseBytes`.
    public let body: [UInt8]
    /// The certificates that the server has shown, its own first, each in PEM. Empty unless
    /// `ClientTLS.keepsServerChain` says so and the connection was made for this request.
    public let serverChain: [String]

    /// The final status code.
    public var status: Int { head.status }
    /// The header fields.
    public var headers: ClientHeaders { head.headers }
    /// The body read as UTF-8; invalid bytes become U+FFFD.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
