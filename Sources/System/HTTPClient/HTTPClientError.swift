/// Why there is no response, by what the caller can do about it. Texts are for logs; they name hosts and files,
/// never header values or bodies.
public enum HTTPClientError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The client can't work with these settings or this libcurl. Mend the configuration.
    case invalidConfiguration(String)
    /// The request is malformed and was not sent. Mend the caller.
    case invalidRequest(String)
    /// Too many requests wait for a connection already; nothing was sent. Try later.
    case overloaded
    /// No connection within the connect timeout: unknown name, refused, unreachable. Nothing was sent; try again.
    case connect(String)
    /// No trust between the two sides. Trying again helps only after someone has acted, `TLSFailure` says who.
    case tls(TLSFailure, String)
    /// A limit of time passed. `status` is there when the response had begun.
    case timeout(TimeLimit, status: Int?)
    /// The connection broke or the peer broke the protocol after the request was on its way: the server may have
    /// acted on it. `status` and `partial` (empty for a stream) are what had come of the response.
    case interrupted(status: Int?, partial: [UInt8], reason: String)
    /// The response is larger than `limit` bytes and was dropped.
    case tooLarge(limit: Int)
    /// The calling task was cancelled; the connection was closed, which tells the server.
    case cancelled
    /// The client (or the stream) was closed.
    case closed

    /// What stands between the two sides of a TLS connection.
    public enum TLSFailure: Equatable, Sendable {
        /// Our certificate, key or passphrase can't be used: missing, not PEM, not a pair, wrong passphrase.
        case clientCertificateFile
        /// The CA file can't be used: missing or not PEM.
        case authorityFile
        /// The server's certificate is not by a trusted authority, has expired or names another host.
        case verification
        /// The server said that it does not accept our certificate, or wants one.
        case clientCertificateRefused
        /// The connection broke right after a handshake in which we showed a certificate: with TLS 1.3 servers
        /// mostly refuse one this way. It may also have been the network, so one more try is worth it.
        case clientCertificateProbablyRefused
        /// Any other handshake failure; with TLS 1.2 also a server that misses our certificate.
        case handshake
    }

    /// Which limit of the request passed.
    public enum TimeLimit: Equatable, Sendable {
        /// `ClientRequest.timeout`.
        case total
        /// `ClientRequest.idleTimeout`.
        case idle
    }

    /// The failure in one line, for logs.
    public var description: String {
        switch self {
        case .invalidConfiguration(let reason): "the HTTP client can't work: \(reason)"
        case .invalidRequest(let reason): "invalid request: \(reason)"
        case .overloaded: "too many requests wait for a connection"
        case .connect(let reason): "no connection: \(reason)"
        case .tls(let failure, let reason): "TLS (\(failure)): \(reason)"
        case .timeout(let limit, nil): "no response in time (\(limit) limit)"
        case .timeout(let limit, let status?): "response \(status) not complete in time (\(limit) limit)"
        case .interrupted(nil, _, let reason): "no response: \(reason)"
        case .interrupted(let status?, let partial, let reason):
            "response \(status) cut after \(partial.count) bytes: \(reason)"
        case .tooLarge(let limit): "the response is larger than \(limit) bytes"
        case .cancelled: "cancelled"
        case .closed: "closed"
        }
    }
}
