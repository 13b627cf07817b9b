import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("Middleware", .timeLimit(.minutes(1)))
struct MiddlewareTests {
    private struct Stamp: Middleware {
        let name: String

        func respond(to request: Request, next: RequestHandler) async -> Response {
            request.id += name
            var response = await next(request)
            response.head.fields.add("X-Way", "out-\(name)")
            return response
        }
    }

    @Test("the first one is outermost: in first and out last")
    func order() async throws {
        let stack: [any Middleware] = [Stamp(name: "a"), Stamp(name: "b")]
        let handler = stack.wrapping { Response(.ok, text: $0.id) }
        try await TestServer.with(handler: handler) { test in
            let answer = try await test.exchange("GET", "/")
            #expect(answer.text == "ab")
            #expect(answer["x-way"] == "out-b, out-a")
        }
    }
}
