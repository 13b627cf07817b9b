public import HTTP

/// Finds the handler of a request by path and method, and answers by itself when there is none: unknown paths,
/// methods that a path does not have, OPTIONS, and HEAD by way of GET.
public struct Router: Sendable {
    /// Answers for paths that no route has.
    public var notFound: RequestHandler = { _ in Response(.notFound) }
    /// Answers for methods that a path does not have; the router adds `Allow`.
    public var methodNotAllowed: RequestHandler = { _ in Response(.methodNotAllowed) }

    /// Answers for methods that no path has (RFC 9110 §9.1): what nobody here knows is not a matter of the path.
    public var notImplemented: RequestHandler = { _ in Response(.notImplemented) }

    private struct Path: Sendable {
        let pattern: RoutePattern
        var handlers: [(method: Method, handler: RequestHandler)]

        var allow: String {
            var names = handlers.map(\.method.description)
            if names.contains("GET") { names.append("HEAD") }
            return (names + ["OPTIONS"]).sorted().joined(separator: ", ")
        }

        func handler(for method: Method) -> RequestHandler? {
            let wanted = method == .head ? .get : method
            return handlers.first { $0.method == wanted }?.handler
        }
    }

    private var literal: [[UInt8]: Path] = [:]
    private var patterns: [Path] = []
    private var methods: Set<Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    /// A router without routes.
    public init() {}

    /// Adds a route. `{name}` in the pattern captures one segment.
    public mutating func on(_ method: Method, _ pattern: String, _ handler: @escaping RequestHandler) {
        let pattern = RoutePattern(pattern)
        methods.insert(method)
        if pattern.isLiteral {
            let key = Array(pattern.text.utf8)
            literal[key, default: Path(pattern: pattern, handlers: [])].handlers.append((method, handler))
        } else if let index = patterns.firstIndex(where: { $0.pattern.text == pattern.text }) {
            patterns[index].handlers.append((method, handler))
        } else {
            patterns.append(Path(pattern: pattern, handlers: [(method, handler)]))
        }
    }

    /// Adds a GET route, which answers HEAD as well.
    public mutating func get(_ pattern: String, _ handler: @escaping RequestHandler) {
        on(.get, pattern, handler)
    }

    /// Adds a POST route.
    public mutating func post(_ pattern: String, _ handler: @escaping RequestHandler) {
        on(.post, pattern, handler)
    }

    /// Every route as method and pattern, for documents and tests.
    public var routes: [(method: String, pattern: String)] {
        (literal.values + patterns)
            .flatMap { path in path.handlers.map { ($0.method.description, path.pattern.text) } }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    }

    /// Answers a request.
    public func respond(to request: Request) async -> Response {
        if request.head.targetForm == .asterisk {
            return options("GET, HEAD, OPTIONS, POST")
        }
        guard methods.contains(request.head.method) else { return await notImplemented(request) }
        guard let path = find(request) else { return await notFound(request) }
        request.route = path.pattern.text
        if let handler = path.handler(for: request.head.method) { return await handler(request) }
        if request.head.method == .options { return options(path.allow) }
        var response = await methodNotAllowed(request)
        response.head.fields.set("Allow", path.allow)
        return response
    }

    private func options(_ allow: String) -> Response {
        var response = Response(.noContent)
        response.head.fields.set("Allow", allow)
        return response
    }

    private func find(_ request: Request) -> Path? {
        if let path = literal[Array(request.head.pathBytes)] { return path }
        let segments = Array(request.head.pathSegments)
        for path in patterns {
            if let captured = path.pattern.match(segments) {
                request.parameters = captured
                return path
            }
        }
        return nil
    }
}
