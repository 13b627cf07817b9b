/// What is no fault of the request.
extension RequestError {
    /// The server has as many connections as it may have.
    public static let tooManyConnections = RequestError(
        "too-many-connections", .serviceUnavailable, "RFC 9110 §15.6.4", "Too many connections are open.")
    /// One client has as many connections as a single one may have.
    public static let tooManyConnectionsOfClient = RequestError(
        "too-many-connections-of-client", .serviceUnavailable, "RFC 9110 §15.6.4",
        "Too many connections of this address are open.")
    /// The contents of all requests together take as much memory as they may.
    public static let outOfMemory = RequestError(
        "request-memory", .serviceUnavailable, "RFC 9110 §15.6.4", "Too much request content is on its way.")
}
