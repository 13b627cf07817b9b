import HTTP

extension OpenAIError {
    /// What the rest of the API found wrong, in this form.
    init(_ problem: Problem) {
        let status = problem.status == .unprocessableContent ? .badRequest : problem.status
        self.init(
            status, Self.kind(of: status), problem.detail, code: Self.code(of: status), retryAfter: problem.retryAfter)
    }

    private static func kind(of status: Status) -> Kind {
        switch status.code {
        case 401: .authentication
        case 403: .permission
        case 429: .rateLimit
        case 500...: .server
        default: .invalidRequest
        }
    }

    private static func code(of status: Status) -> String? {
        switch status {
        case .unauthorized: "invalid_api_key"
        case .notFound: "unknown_url"
        case .methodNotAllowed: "method_not_allowed"
        case .contentTooLarge: "request_too_large"
        case .tooManyRequests: "rate_limit_exceeded"
        case .serviceUnavailable: "overloaded"
        default: nil
        }
    }
}
