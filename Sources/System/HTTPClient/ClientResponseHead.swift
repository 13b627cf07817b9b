/// The status and the header fields of a response.
public struct ClientResponseHead: Sendable {
    /// The final status code, 200 to 999. Redirects (3xx) are handed over as they are, never followed.
    public let status: Int
    /// The fields in the order in which they came; trailers are left out.
    public let headers: ClientHeaders
}
