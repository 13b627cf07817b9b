public import HTTP

/// Finds the handler of a request by path and method, and answers by itself when there is none: unknown paths,
/// methods that a path does not have, OPTIONS, and HEAD by way of GET.
public struct Router: Sendable {
    /// Answers a request that needs nothing but what is there.
    public typealias ImmediateHandler = @Sendable (Request) -> Response

    /// Answers for paths that no route has.
    public var notFound: ImmediateHandler = { _ in Response(.notFound) }
    /// Answers for methods that a path does not have; the router adds `Allow`.
    public var methodNotAllowed: ImmediateHandler = { _ in Response(.methodNotAllowed) }
    /// Answers for methods that no path has (RFC 9110 §9.1): what nobody here knows is not a matter of the path.
    public var notImplemented: ImmediateHandler = { _ in Response(.notImplemented) }

    /// Whether a request may go on to the handler that was found for it.
    public enum Admission {
        /// It may.
        case granted
        /// It may not, and this answers it.
        case refused(Response)
        /// That has to be waited for: the answer is nil when it may.
        case undecided(@Sendable (Request) async -> Response?)
    }

    /// Asked for each request for one route, with the request's `route` known.
    public typealias Gate = @Sendable (Request) -> Admission

    /// What comes next for a request.
    public enum Step {
        /// It is answered.
        case done(Response)
        /// This answers it, and may take its time.
        case waiting(RequestHandler)
    }

    private enum Handler {
        case immediate(ImmediateHandler)
        case waiting(RequestHandler)

        func step(for request: Request) -> Step {
            switch self {
            case .immediate(let handler): .done(handler(request))
            case .waiting(let handler): .waiting(handler)
            }
        }

        func answer(_ request: Request) async -> Response {
            switch self {
            case .immediate(let handler): handler(request)
            case .waiting(let handler): await handler(request)
            }
        }
    }

    private struct Route {
        let method: Method
        let handler: Handler
        /// Nil lets all requests go on.
        var gate: Gate?
    }

    private struct Path {
        let pattern: RoutePattern
        /// Its place among all paths, in the order in which they were added.
        let index: Int
        var routes: [Route]

        var allow: String { Router.allow(routes.map(\.method)) }

        func route(for method: Method) -> Route? {
            let wanted = method == .head ? .get : method
            return routes.first { $0.method == wanted }
        }

        mutating func guardRoutes(_ make: (_ method: Method, _ pattern: String) -> Gate?) {
            for index in routes.indices { routes[index].gate = make(routes[index].method, pattern.text) }
        }
    }

    private var literal = LiteralPaths<Path>()
    private var patterns: [Path] = []
    private var pathCount = 0
    private var methods: [Method] = [.get, .head, .post, .put, .patch, .delete, .options]
    /// Those that some path has.
    private var routedMethods: [Method] = []

    /// A router without routes.
    public init() {}

    /// Adds a route whose handler may wait. `{name}` in the pattern captures one segment.
    public mutating func on(_ method: Method, _ pattern: String, _ handler: @escaping RequestHandler) {
        add(Route(method: method, handler: .waiting(handler)), at: RoutePattern(pattern))
    }

    /// Adds a route whose handler answers at once.
    public mutating func on(_ method: Method, _ pattern: String, _ handler: @escaping ImmediateHandler) {
        add(Route(method: method, handler: .immediate(handler)), at: RoutePattern(pattern))
    }

    private mutating func add(_ route: Route, at pattern: RoutePattern) {
        if !methods.contains(route.method) { methods.append(route.method) }
        if !routedMethods.contains(route.method) { routedMethods.append(route.method) }
        let path = Path(pattern: pattern, index: pathCount, routes: [])
        pathCount += 1
        if pattern.isLiteral {
            literal.update(pattern.text, default: path) { $0.routes.append(route) }
        } else {
            let index = patterns.firstIndex { $0.pattern.text == pattern.text } ?? patterns.count
            if index == patterns.count { patterns.append(path) }
            patterns[index].routes.append(route)
        }
    }

    /// Puts a gate before the routes that have been added so far, as `make` says for each of them; those for which it
    /// gives none are open. What depends on the route alone is decided here, once, and not for each request.
    public mutating func guardRoutes(_ make: (_ method: Method, _ pattern: String) -> Gate?) {
        literal.updateAll { $0.guardRoutes(make) }
        for index in patterns.indices { patterns[index].guardRoutes(make) }
    }

    /// Adds a GET route, which answers HEAD as well.
    public mutating func get(_ pattern: String, _ handler: @escaping RequestHandler) {
        on(.get, pattern, handler)
    }

    /// Adds a GET route whose handler answers at once.
    public mutating func get(_ pattern: String, _ handler: @escaping ImmediateHandler) {
        on(.get, pattern, handler)
    }

    /// Adds a POST route.
    public mutating func post(_ pattern: String, _ handler: @escaping RequestHandler) {
        on(.post, pattern, handler)
    }

    /// Every route as method and pattern, for documents and tests.
    public var routes: [(method: String, pattern: String)] {
        (literal.values + patterns)
            .flatMap { path in path.routes.map { ($0.method.description, path.pattern.text) } }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    }

    /// Finds what answers a request, and answers at once where nothing has to be waited for.
    public func step(for request: Request) -> Step {
        let head = request.head
        if head.targetForm == .asterisk { return .done(options(Self.allow(routedMethods))) }
        guard methods.contains(head.method) else { return .done(notImplemented(request)) }
        guard let (path, captured) = find(head) else { return .done(notFound(request)) }
        request.matched(path.pattern.text, index: path.index)
        if !captured.isEmpty { request.parameters = captured }
        guard let route = path.route(for: head.method) else {
            return .done(head.method == .options ? options(path.allow) : refuseMethod(request, path.allow))
        }
        let handler = route.handler
        switch route.gate?(request) ?? .granted {
        case .granted: return handler.step(for: request)
        case .refused(let response): return .done(response)
        case .undecided(let decide):
            return .waiting { request in
                if let refusal = await decide(request) { return refusal }
                return await handler.answer(request)
            }
        }
    }

    /// The field `Allow` for routes with these methods.
    private static func allow(_ methods: [Method]) -> String {
        var names = methods.map(\.description)
        if names.contains("GET") { names.append("HEAD") }
        return (names + ["OPTIONS"]).sorted().joined(separator: ", ")
    }

    private func refuseMethod(_ request: Request, _ allow: String) -> Response {
        var response = methodNotAllowed(request)
        response.head.fields.set("Allow", allow)
        return response
    }

    private func options(_ allow: String) -> Response {
        var response = Response(.noContent)
        response.head.fields.set("Allow", allow)
        return response
    }

    /// The pattern that the path of a request has, and what it captures, decoded, by name; nil for an unknown path.
    public func match(_ head: RequestHead) -> (pattern: String, parameters: [String: String])? {
        find(head).map { ($0.path.pattern.text, $0.captured) }
    }

    private func find(_ head: RequestHead) -> (path: Path, captured: [String: String])? {
        if let path = literal.find(head.pathBytes) { return (path, [:]) }
        let segments = Array(head.pathSegments)
        for path in patterns {
            if let captured = path.pattern.match(segments) { return (path, captured) }
        }
        return nil
    }
}
