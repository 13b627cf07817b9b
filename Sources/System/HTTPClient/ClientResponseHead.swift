/// The status and the header fields of a response.
public struct ClientResponseHead: Sendable {
    /// The final status code, 200 to 999. Redirects (3xx) are handed over as they are, never followed.
    public let status: Int
    /// The fields in the order in which they came; trailers are left out.
    public let headers: ClientHeaders

    /// Whether the server declared where the body ends. When it did not, the body ends with the connection and a
    /// cut looks like a regular end (RFC 9112, 6.3): decide completeness by the content then.
    public var declaresLength: Bool {
        headers["Content-Length"] != nil || headers["Transfer-Encoding"] != nil || status == 204 || status == 304
    }
}
