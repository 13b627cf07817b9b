/// Answers a request. Runs on the request's loop from start to end.
public typealias RequestHandler = @Sendable (Request) async -> Response

/// Something that all requests pass on their way in and all responses on their way out.
public protocol Middleware: Sendable {
    /// Answers by itself, or by `next` with whatever is to be changed before and after.
    func respond(to request: Request, next: RequestHandler) async -> Response
}

extension Middleware {
    /// This middleware in front of `handler`.
    public func wrapping(_ handler: @escaping RequestHandler) -> RequestHandler {
        { request in await respond(to: request, next: handler) }
    }
}

extension [any Middleware] {
    /// All of them in front of `handler`, the first one outermost.
    public func wrapping(_ handler: @escaping RequestHandler) -> RequestHandler {
        reversed().reduce(handler) { inner, middleware in middleware.wrapping(inner) }
    }
}
