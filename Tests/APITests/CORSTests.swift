import Domain
import TestSupport
import Testing

@Suite("API: CORS", .timeLimit(.minutes(10)))
struct CORSTests {
    private static let exposed = "Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, Server-Timing"

    @Test(
        "by default every origin may read every answer, errors too, without credentials",
        arguments: [
            ("GET", "/api/ping", 200), ("GET", "/nowhere", 404), ("POST", "/api/ai/process", 400),
            ("PUT", "/api/ai/process", 405),
        ])
    func anyOrigin(method: String, target: String, status: Int) async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask(method, target, ["Origin: https://r7.example"])
            #expect(answer.status == status)
            #expect(answer["access-control-allow-origin"] == "*")
            #expect(answer["access-control-expose-headers"] == Self.exposed)
            #expect(answer["access-control-allow-credentials"] == nil)
            #expect(answer["vary"] == "Origin")
        }
    }

    @Test("a failing store does not hide the answer from a page")
    func storeUnavailable() async throws {
        try await TestAPI.with { test in
            test.store.fail(with: .unavailable("gone"))
            let answer = try await test.process(#"{"query_text":"q"}"#, ["Origin: https://r7.example"])
            #expect(answer.status == 503)
            #expect(answer["access-control-allow-origin"] == "*")
        }
    }

    @Test(
        "patterns decide which origins may read",
        arguments: [
            ("https://a.example.ru", true), ("https://a.b.example.ru", true), ("HTTPS://A.EXAMPLE.RU", true),
            ("https://example.ru", false), ("http://a.example.ru", false), ("https://a.example.ru.evil.com", false),
            ("https://aexample.ru", false), ("onlyoffice://desktop", true), ("onlyoffice:/x", false), ("null", true),
            ("nullx", false), ("https://one.ru:8443", true), ("https://one.ru", false), ("file://", false),
        ])
    func patterns(origin: String, isAllowed: Bool) async throws {
        let origins = ["https://*.example.ru", "onlyoffice://*", "null", "https://one.ru:8443"]
        try await TestAPI.with(origins: origins) { test in
            let answer = try await test.get("/api/ping", ["Origin: \(origin)"])
            #expect(answer.status == 200)
            #expect(answer["access-control-allow-origin"] == (isAllowed ? origin : nil))
            #expect(answer["access-control-expose-headers"] == (isAllowed ? Self.exposed : nil))
            #expect(answer["vary"] == "Origin")
        }
    }

    @Test("an answer to no origin varies by it all the same, since caches keep it")
    func noOrigin() async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/api/ping")
            #expect(answer["vary"] == "Origin")
            #expect(answer["access-control-allow-origin"] == nil)
        }
    }

    @Test("a preflight is answered for any path and may be cached")
    func preflight() async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask(
                "OPTIONS", "/api/ai/process",
                [
                    "Origin: https://r7.example", "Access-Control-Request-Method: POST",
                    "Access-Control-Request-Headers: content-type, prefer, idempotency-key",
                ])
            #expect(answer.status == 204)
            #expect(answer["access-control-allow-origin"] == "*")
            #expect(answer["access-control-allow-methods"]?.contains("POST") == true)
            #expect(answer["access-control-allow-headers"] == "content-type, prefer, idempotency-key")
            #expect(answer["access-control-max-age"] == "86400")
            #expect(answer["vary"] == "Origin")
            #expect(answer["x-request-id"] != nil)
        }
    }

    @Test("a preflight from a private network's page is answered")
    func privateNetwork() async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask(
                "OPTIONS", "/api/ping",
                [
                    "Origin: https://r7.example", "Access-Control-Request-Method: GET",
                    "Access-Control-Request-Private-Network: true",
                ])
            #expect(answer["access-control-allow-private-network"] == "true")
        }
    }

    @Test("a preflight from elsewhere allows nothing")
    func preflightRefused() async throws {
        try await TestAPI.with(origins: ["https://one.ru"]) { test in
            let answer = try await test.ask(
                "OPTIONS", "/api/ai/process", ["Origin: https://two.ru", "Access-Control-Request-Method: POST"])
            #expect(answer["access-control-allow-origin"] == nil)
            #expect(answer["access-control-allow-methods"] == nil)
            #expect(answer["vary"] == "Origin")
        }
    }

    @Test("an OPTIONS that is no preflight tells the methods")
    func plainOptions() async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask("OPTIONS", "/api/ai/process", ["Origin: https://r7.example"])
            #expect(answer.status == 204)
            #expect(answer["allow"] == "OPTIONS, POST")
            #expect(answer["access-control-allow-origin"] == "*")
        }
    }
}
