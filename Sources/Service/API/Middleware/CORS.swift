import HTTP
import HTTPServer

/// Lets pages and plugins of other origins use the API (Fetch standard, CORS protocol). Its fields go on every
/// response, errors too, or the plugin could not show them.
final class CORS: Middleware {
    private let patterns: [OriginPattern]

    init(allowedOrigins: [String]) {
        patterns = allowedOrigins.map(OriginPattern.init)
    }

    /// Answers preflight requests.
    func receive(_ request: Request) -> Response? {
        guard request.head.method == .options, request.head.contains("origin"),
            request.head.contains("access-control-request-method")
        else { return nil }
        return preflight(request)
    }

    func complete(_ response: inout Response, to request: Request) {
        response.head.fields.add(Self.vary)
        guard let origin = request.head.first("origin"),
            let pattern = patterns.first(where: { $0.matches(origin) })
        else { return }
        response.head.fields.set("Access-Control-Allow-Origin", pattern.isAny ? "*" : origin)
        response.head.fields.add(Self.exposed)
    }

    private static let vary: HeaderFields = ["Vary": "Origin"]
    private static let exposed: HeaderFields = [
        "Access-Control-Expose-Headers":
            "Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, Server-Timing"
    ]

    private func preflight(_ request: Request) -> Response {
        var response = Response(.noContent)
        guard let origin = request.head.first("origin"), patterns.contains(where: { $0.matches(origin) }) else {
            return response
        }
        response.head.fields.set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS")
        let wanted = request.head.first("access-control-request-headers") ?? "Content-Type, Authorization"
        response.head.fields.set("Access-Control-Allow-Headers", wanted)
        response.head.fields.set("Access-Control-Max-Age", "86400")
        if request.head.contains("access-control-request-private-network") {
            response.head.fields.set("Access-Control-Allow-Private-Network", "true")
        }
        return response
    }
}
