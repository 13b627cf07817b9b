/// What only a server with a clock can notice.
extension RequestError {
    /// The head did not come in time.
    public static let headTimeout = RequestError(
        "head-timeout", .requestTimeout, "RFC 9110 §15.5.9", "The request head did not arrive in time.")
    /// The body did not go on in time.
    public static let bodyTimeout = RequestError(
        "body-timeout", .requestTimeout, "RFC 9110 §15.5.9", "The request body stopped arriving.")
}
