/// What is no fault of the request.
extension RequestError {
    /// The server has as many connections as it may have.
    public static let tooManyConnections = RequestError(
        "too-many-connections", .serviceUnavailable, "RFC 9110 §15.6.4", "Too many connections are open.")
}
