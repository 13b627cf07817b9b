import Domain
import HTTPClient
import Telemetry

/// Turns refusals and broken connections into failures by class. Branches on the status wherever it can: texts change.
struct ErrorReading: Sendable {
    /// Whose failures they are.
    var provider: String
    /// Texts that no failure may show: keys and tokens. Short ones would hide words.
    var secrets: [String] = []
    /// What the operator set to trust the server; named when the trust is missing.
    var caFile: String?

    /// The failure that a response with a status outside 2xx means.
    func failure(
        status: Int, headers: ClientHeaders, body bytes: [UInt8], now: WallTime = .now
    ) -> ModelFailure {
        let body = ErrorBody(bytes)
        let words = [body.code.map { "code \($0)" }, body.detail.isEmpty ? nil : body.detail].compactMap(\.self)
        let hint = Self.hint(status: status, body)
        let detail = (["HTTP \(status)"] + words + (hint.map { [$0] } ?? [])).joined(separator: ": ")
        return ModelFailure(
            Self.failureClass(status: status, body), redacted(detail), provider: provider, status: status,
            retryAfter: headers["Retry-After"].flatMap { RetryAfter.read($0, now: now) } ?? body.retryDelay,
            upstreamRequestID: Self.requestID(headers) ?? body.requestID.map { String($0.prefix(200)) })
    }

    /// The class of a status, corrected where a provider is known to use another one's.
    static func failureClass(status: Int, _ body: ErrorBody) -> FailureClass {
        switch status {
        case 400 where body.reason == "API_KEY_INVALID": .auth
        case 400 where isUnsupportedLocation(body): .forbidden
        case 401: .auth
        case 402: .quotaExhausted
        case 403: .forbidden
        case 404: .notFound
        case 408: .timeout
        case 429: body.isDailyQuota ? .quotaExhausted : .rateLimited
        case 500...: .server
        case 300..<400: .transport
        default: .badRequest
        }
    }

    private static func isUnsupportedLocation(_ body: ErrorBody) -> Bool {
        body.detail.utf8.lowercasedContains("location is not supported")
    }

    private static func hint(status: Int, _ body: ErrorBody) -> String? {
        switch status {
        case 400 where isUnsupportedLocation(body): "the provider does not serve this country; use another provider"
        case 300..<400: "redirects are not followed; check the base URL"
        default: nil
        }
    }

    /// The provider's name for a call.
    static func requestID(_ headers: ClientHeaders) -> String? {
        (headers["X-Request-Id"] ?? headers["x-dashscope-request-id"]).map { String($0.prefix(200)) }
    }

    /// The text without the secrets.
    func redacted(_ text: String) -> String {
        secrets.filter { $0.utf8.count >= 6 }.reduce(text) { $0.replacing($1, with: "***") }
    }

    /// The failure of a fault in an answer that came with 200.
    func failure(_ fault: AnswerFault, head: ClientResponseHead?) -> ModelFailure {
        ModelFailure(
            fault.failureClass, redacted(fault.detail), provider: provider, status: head?.status,
            upstreamRequestID: head.flatMap { Self.requestID($0.headers) })
    }
}
