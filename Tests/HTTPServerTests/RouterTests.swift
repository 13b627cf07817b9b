import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("Router", .timeLimit(.minutes(10)))
struct RouterTests {
    private static let router: Router = {
        var router = Router()
        router.get("/items") { _ in Response(.ok, text: "list") }
        router.post("/items") { _ in Response(.created, text: "made") }
        router.get("/items/{id}") { request in
            Response(.ok, text: "\(request.route ?? "-") \(request.parameters["id"] ?? "-")")
        }
        router.on(.delete, "/items/{id}") { _ in Response(.noContent) }
        router.get("/items/{id}/parts/{part}") { request in
            Response(
                .ok, text: request.parameters.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "&"))
        }
        return router
    }()

    private static func ask(
        _ method: String, _ target: String, of router: Router = router
    ) async throws -> RawHTTPResponse {
        let pipeline = Pipeline([], router: router)
        let answer = Lock<RawHTTPResponse?>(nil)
        try await TestServer.with(handler: { await pipeline.respond(to: $0) }) { test in
            let response = try await test.exchange(method, target)
            answer.withLock { $0 = response }
        }
        return try #require(answer.withLock { $0 })
    }

    @Test(
        "a request finds its route",
        arguments: [
            ("GET", "/items", 200, "list"), ("POST", "/items", 201, "made"), ("GET", "/items?x=1", 200, "list"),
            ("GET", "/items/7", 200, "/items/{id} 7"), ("GET", "/items/a%20b%2Fc", 200, "/items/{id} a b/c"),
            ("GET", "/items/%D0%AF", 200, "/items/{id} Я"), ("DELETE", "/items/7", 204, ""),
            ("GET", "/items/7/parts/x", 200, "id=7&part=x"), ("GET", "http://host/items/7", 200, "/items/{id} 7"),
        ])
    func found(method: String, target: String, status: Int, text: String) async throws {
        let answer = try await Self.ask(method, target)
        #expect(answer.status == status)
        #expect(answer.text == text)
    }

    @Test(
        "a path that no route has is not found",
        arguments: ["/", "/item", "/items/", "/items//parts/x", "/items/7/", "/items/7/parts", "/ITEMS", "//items"])
    func notFound(path: String) async throws {
        #expect(try await Self.ask("GET", path).status == 404)
    }

    @Test(
        "whether a request may go on is decided at once or later, and of those only that have a handler",
        arguments: [
            ("GET", "/items", 200), ("POST", "/items", 403), ("GET", "/items/7", 429), ("DELETE", "/items/7", 204),
            ("GET", "/nothing", 404), ("PUT", "/items", 405), ("OPTIONS", "/items", 204),
        ])
    func admission(method: String, target: String, status: Int) async throws {
        var router = Self.router
        router.guardRoutes { method, pattern in
            switch (method, pattern) {
            case (.post, "/items"): { _ in .refused(Response(.forbidden)) }
            case (.get, "/items/{id}"): { _ in .undecided { _ in Response(.tooManyRequests) } }
            case (.delete, "/items/{id}"): { _ in .undecided { _ in nil } }
            case (.get, "/items"): { _ in .granted }
            default: nil
            }
        }
        #expect(try await Self.ask(method, target, of: router).status == status)
    }

    @Test("HEAD goes where GET goes")
    func head() async throws {
        let answer = try await Self.ask("HEAD", "/items")
        #expect(answer.status == 200)
        #expect(answer["content-length"] == "4")
        #expect(answer.body.isEmpty)
    }

    @Test(
        "a method that the path does not have is refused, with those it has",
        arguments: [
            ("PUT", "/items", "GET, HEAD, OPTIONS, POST"), ("PATCH", "/items/7", "DELETE, GET, HEAD, OPTIONS"),
        ])
    func notAllowed(method: String, path: String, allow: String) async throws {
        let answer = try await Self.ask(method, path)
        #expect(answer.status == 405)
        #expect(answer["allow"] == allow)
    }

    @Test(
        "a method that no path has is not implemented (RFC 9110 §9.1)",
        arguments: [
            ("TRACE", "/items"), ("BREW", "/items"), ("get", "/items"), ("BREW", "/nowhere"), ("CONNECT", "host:443"),
        ])
    func notImplemented(method: String, target: String) async throws {
        #expect(try await Self.ask(method, target).status == 501)
    }

    @Test("OPTIONS tells the methods of a path")
    func options() async throws {
        let answer = try await Self.ask("OPTIONS", "/items")
        #expect(answer.status == 204)
        #expect(answer["allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(answer["content-length"] == nil)
    }

    @Test("OPTIONS * tells the methods of the server as a whole")
    func optionsAsterisk() async throws {
        let answer = try await Self.ask("OPTIONS", "*")
        #expect(answer.status == 204)
        #expect(answer["allow"] == "DELETE, GET, HEAD, OPTIONS, POST")
    }

    @Test("lists its routes for documents")
    func routes() {
        let routes = Self.router.routes.map { "\($0.method) \($0.pattern)" }
        #expect(
            routes == [
                "GET /items", "POST /items", "DELETE /items/{id}", "GET /items/{id}", "GET /items/{id}/parts/{part}",
            ])
    }
}
