/// The way of every request: through the middleware to its handler, and back.
public struct Pipeline: Sendable {
    private let middleware: [any Middleware]
    private let route: @Sendable (Request) -> Router.Step

    /// The first middleware is outermost: first to see a request and last to see its response.
    public init(_ middleware: [any Middleware], router: Router) {
        self.middleware = middleware
        route = { router.step(for: $0) }
    }

    /// One handler for all requests.
    public init(_ middleware: [any Middleware], handler: @escaping RequestHandler) {
        self.middleware = middleware
        route = { _ in .waiting(handler) }
    }

    /// Answers a request.
    public func respond(to request: Request) async -> Response {
        var response: Response
        var reached = 0
        switch receive(request, &reached) {
        case .done(let made): response = made
        case .waiting(let handler): response = await handler(request)
        }
        while let converter = complete(&response, to: request, &reached) {
            response = await middleware[converter].convert(response, to: request)
        }
        return response
    }

    private func receive(_ request: Request, _ reached: inout Int) -> Router.Step {
        for element in middleware {
            reached += 1
            if let response = element.receive(request) { return .done(response) }
        }
        return route(request)
    }

    /// Takes the response back through the middleware that is left, as far as the first that has to convert it.
    private func complete(_ response: inout Response, to request: Request, _ left: inout Int) -> Int? {
        while left > 0 {
            left -= 1
            let element = middleware[left]
            element.complete(&response, to: request)
            if element.needsConversion(response, to: request) { return left }
        }
        return nil
    }
}
