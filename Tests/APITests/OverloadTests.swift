import Domain
import JSON
import TestSupport
import Testing

@Suite("API: too many requests at a time", .timeLimit(.minutes(10)))
struct OverloadTests {
    private static let origin = "Origin: https://r7.example"

    /// A client that waits for a job and takes the only place there is.
    private static func occupy(_ test: TestAPI) async throws -> RawHTTPConnection {
        let id = try await test.submit()
        let client = try await test.connect()
        try await client.request("GET", "/api/ai/result/\(id)", ["Prefer: wait=60"])
        #expect(try await eventually(on: test.loop) { try await test.get("/nowhere").status == 503 })
        return client
    }

    @Test("one too many is told at once to come again, in a form that pages of other origins can read")
    func refused() async throws {
        try await TestAPI.with(requestsInFlight: 1) { test in
            _ = try await Self.occupy(test)
            let answer = try await test.process(#"{"query_text":"q"}"#, [Self.origin])
            answer.expectProblem(
                503, detail: "Сервис перегружен, повторите запрос позже", instance: "/api/ai/process")
            #expect(answer["retry-after"] == "1")
            #expect(answer["access-control-allow-origin"] == "*")
            #expect(answer["access-control-expose-headers"]?.contains("Retry-After") == true)
            #expect(test.store.jobs.count == 1)
        }
    }

    @Test(
        "what tells how things stand is answered all the same, and preflights are",
        arguments: [
            ("GET", "/livez", 200), ("GET", "/readyz", 200), ("GET", "/api/health", 200), ("GET", "/api/ping", 200),
            ("OPTIONS", "/api/ai/process", 204),
        ])
    func essential(method: String, target: String, status: Int) async throws {
        try await TestAPI.with(requestsInFlight: 1) { test in
            _ = try await Self.occupy(test)
            let answer = try await test.ask(method, target, [Self.origin, "Access-Control-Request-Method: POST"])
            #expect(answer.status == status)
            #expect(answer["access-control-allow-origin"] == "*")
        }
    }

    @Test("the refusal leaves the connection as it was, and the next request on it may succeed")
    func goesOn() async throws {
        try await TestAPI.with(requestsInFlight: 1) { test in
            let waiting = try await Self.occupy(test)
            let client = try await test.connect()
            let refused = try await client.exchange("GET", "/robots.txt")
            #expect(refused.status == 503)
            #expect(refused["connection"] == nil)
            test.store.finishAll(.sample)
            #expect(try await waiting.receive().json["status"]?.stringValue == "completed")
            #expect(try await client.exchange("GET", "/robots.txt").status == 200)
        }
    }

    @Test("a client that hangs up while it waits makes room at once")
    func hangsUp() async throws {
        try await TestAPI.with(requestsInFlight: 1) { test in
            // It would wait for a minute; this test does so for ten seconds.
            try await Self.occupy(test).close()
            #expect(try await eventually(on: test.loop) { try await test.get("/robots.txt").status == 200 })
        }
    }
}
