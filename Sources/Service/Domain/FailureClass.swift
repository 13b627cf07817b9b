/// The kinds of reasons for which there is no answer; the raw value is the name on the wire.
public enum FailureClass: String, Sendable, CaseIterable {
    /// The model's service refused the request as wrong.
    case badRequest = "bad_request"
    /// Our credentials were refused.
    case auth
    /// The model's service does not let us do this.
    case forbidden
    /// The package of tokens is used up.
    case quotaExhausted = "quota_exhausted"
    /// There is no such model.
    case notFound = "not_found"
    /// Too many requests for the model's service.
    case rateLimited = "rate_limited"
    /// The model's service failed.
    case server
    /// The model's service could not be reached.
    case transport
    /// It took too long.
    case timeout
    /// The model's answer could not be read.
    case malformed
    /// The model refused to answer.
    case blocked
    /// Whoever asked does not want the answer any more.
    case cancelled
    /// The job's message asks for something impossible.
    case invalid
    /// A fault of our own.
    case `internal`
}
