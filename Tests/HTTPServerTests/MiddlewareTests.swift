import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("Middleware", .timeLimit(.minutes(10)))
struct MiddlewareTests {
    private final class Stamp: Middleware {
        let name: String
        let answers: Bool
        let converts: Bool

        init(name: String, answers: Bool = false, converts: Bool = false) {
            self.name = name
            self.answers = answers
            self.converts = converts
        }

        func receive(_ request: Request) -> Response? {
            request.id += name
            return answers ? Response(.ok, text: "\(request.id)!") : nil
        }

        func complete(_ response: inout Response, to request: Request) {
            response.head.fields.add("X-Way", "out-\(name)")
        }

        func needsConversion(_ response: Response, to request: Request) -> Bool { converts }

        func convert(_ response: Response, to request: Request) async -> Response {
            await Task.yield()
            var response = response
            response.head.fields.add("X-Way", "converted-\(name)")
            return response
        }
    }

    private static func ask(_ middleware: [any Middleware]) async throws -> RawHTTPResponse {
        let answer = Lock<RawHTTPResponse?>(nil)
        let pipeline = Pipeline(middleware) { Response(.ok, text: $0.id) }
        try await TestServer.with(handler: { await pipeline.respond(to: $0) }) { test in
            let response = try await test.exchange("GET", "/")
            answer.withLock { $0 = response }
        }
        return try #require(answer.withLock { $0 })
    }

    @Test("the first one is outermost: in first and out last")
    func order() async throws {
        let answer = try await Self.ask([Stamp(name: "a"), Stamp(name: "b")])
        #expect(answer.text == "ab")
        #expect(answer["x-way"] == "out-b, out-a")
    }

    @Test("an answer on the way in goes out by way of those who saw the request")
    func early() async throws {
        let answer = try await Self.ask([Stamp(name: "a"), Stamp(name: "b", answers: true), Stamp(name: "c")])
        #expect(answer.text == "ab!")
        #expect(answer["x-way"] == "out-b, out-a")
    }

    @Test("a conversion comes between its middleware's completion and the outer ones")
    func conversion() async throws {
        let answer = try await Self.ask([Stamp(name: "a"), Stamp(name: "b", converts: true), Stamp(name: "c")])
        #expect(answer["x-way"] == "out-c, out-b, converted-b, out-a")
    }

    @Test("without middleware the handler's answer goes out as it is")
    func none() async throws {
        #expect(try await Self.ask([])["x-way"] == nil)
    }
}
