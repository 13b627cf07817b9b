import Domain
import EventLoop
import HTTP

extension OpenAIError {
    /// Why there is no answer of the model. The provider's own words go out only where they tell the client what to
    /// change; a refusal of our credentials is not the client's, so it is never 401.
    init(_ failure: ModelFailure) {
        let seconds = failure.retryAfter.map { max(1, Int($0.inSeconds.rounded(.up))) }
        let code = failure.failureClass.rawValue
        switch failure.failureClass {
        case .badRequest, .invalid:
            self.init(.badRequest, .invalidRequest, .modelRefusesRequest(failure.detail), code: code)
        case .blocked: self.init(.badRequest, .invalidRequest, .modelBlocked, code: "content_filter")
        case .notFound:
            self.init(.notFound, .invalidRequest, .modelNotFound, param: "model", code: "model_not_found")
        case .rateLimited:
            self.init(.tooManyRequests, .rateLimit, .modelRateLimited, code: "rate_limit_exceeded")
            retryAfter = seconds ?? 1
        case .quotaExhausted:
            self.init(.tooManyRequests, .quota, .modelQuotaExhausted, code: "insufficient_quota")
            retryAfter = seconds ?? 3_600
            isFinal = true
        case .auth, .forbidden:
            self.init(.badGateway, .server, .modelRefusesUs, code: code)
            isFinal = true
        case .server, .malformed: self.init(.badGateway, .server, .modelFailed, code: code)
        case .transport, .cancelled:
            self.init(.serviceUnavailable, .server, .modelUnreachable, code: code, retryAfter: seconds ?? 1)
        case .timeout: self.init(.gatewayTimeout, .server, .modelTimedOut, code: code)
        case .internal: self.init(.internalServerError, .server, .internalError, code: code)
        }
    }
}
