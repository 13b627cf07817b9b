import HTTP
import HTTPServer

/// Lets pages and plugins of other origins use the API (Fetch standard, CORS protocol). Its fields go on every
/// response, errors too, or the plugin could not show them.
struct CORS: Middleware {
    private let patterns: [OriginPattern]

    init(allowedOrigins: [String]) {
        patterns = allowedOrigins.map(OriginPattern.init)
    }

    func respond(to request: Request, next: RequestHandler) async -> Response {
        guard let origin = request.head.first("origin") else { return await plain(request, next) }
        if request.head.method == .options, request.head.contains("access-control-request-method") {
            return preflight(request, origin)
        }
        var response = await next(request)
        grant(origin, in: &response)
        return response
    }

    private func plain(_ request: Request, _ next: RequestHandler) async -> Response {
        var response = await next(request)
        response.head.fields.add("Vary", "Origin")
        return response
    }

    private func preflight(_ request: Request, _ origin: String) -> Response {
        var response = Response(.noContent)
        guard grant(origin, in: &response) else { return response }
        response.head.fields.set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS")
        let wanted = request.head.first("access-control-request-headers") ?? "Content-Type, Authorization"
        response.head.fields.set("Access-Control-Allow-Headers", wanted)
        response.head.fields.set("Access-Control-Max-Age", "86400")
        if request.head.contains("access-control-request-private-network") {
            response.head.fields.set("Access-Control-Allow-Private-Network", "true")
        }
        return response
    }

    @discardableResult
    private func grant(_ origin: String, in response: inout Response) -> Bool {
        response.head.fields.add("Vary", "Origin")
        guard let pattern = patterns.first(where: { $0.matches(origin) }) else { return false }
        response.head.fields.set("Access-Control-Allow-Origin", pattern.isAny ? "*" : origin)
        response.head.fields.set(
            "Access-Control-Expose-Headers",
            "Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, Server-Timing")
        return true
    }
}
