import JSON
import TestSupport
import Testing

@Suite("API: what every response carries", .timeLimit(.minutes(10)))
struct EnvelopeTests {
    private static func expectSecurityFields(_ answer: RawHTTPResponse) {
        #expect(answer["x-content-type-options"] == "nosniff")
        #expect(answer["x-frame-options"] == "DENY")
        #expect(answer["referrer-policy"] == "no-referrer")
        #expect(answer["x-robots-tag"] == "noindex, nofollow, noarchive, nosnippet")
        #expect(answer["date"]?.hasSuffix(" GMT") == true)
        #expect(answer["x-request-id"]?.isEmpty == false)
    }

    @Test(
        "good answers and errors alike carry id, date, time and the security fields",
        arguments: [
            ("GET", "/api/ping", 200), ("HEAD", "/api/ping", 200), ("GET", "/api/health", 200), ("GET", "/livez", 200),
            ("GET", "/readyz", 200), ("GET", "/robots.txt", 200), ("OPTIONS", "/api/ping", 204), ("OPTIONS", "*", 204),
            ("GET", "/nowhere", 404), ("GET", "/api/ai/status/x", 404), ("PUT", "/api/ai/process", 405),
            ("POST", "/api/ai/process", 400), ("TRACE", "/api/ping", 501), ("BREW", "/api/ping", 501),
        ])
    func everywhere(method: String, target: String, status: Int) async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask(method, target)
            #expect(answer.status == status)
            Self.expectSecurityFields(answer)
            let timing = try #require(answer["server-timing"])
            #expect(timing.wholeMatch(of: /app;dur=[0-9]+\.[0-9]{3}/) != nil)
            if status >= 400, method != "HEAD" { answer.expectProblem(status, instance: target) }
        }
    }

    @Test(
        "what does not say how long it may be kept is the caller's own, good answers and errors alike",
        arguments: [
            ("GET", "/api/ping", 200), ("GET", "/nowhere", 404), ("GET", "/api/ai/status/x", 404),
            ("POST", "/api/ai/process", 400), ("TRACE", "/api/ping", 501),
        ])
    func caches(method: String, target: String, status: Int) async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask(method, target)
            #expect(answer.status == status)
            #expect(answer["cache-control"] == "private, no-cache")
        }
    }

    @Test("what does say so keeps its word")
    func ownCaches() async throws {
        try await TestAPI.with { test in
            let (health, robots) = (try await test.get("/api/health"), try await test.get("/robots.txt"))
            #expect(health["cache-control"] == "no-store")
            #expect(robots["cache-control"] == "public, max-age=86400")
        }
    }

    @Test(
        "what is no request gets a problem with all of it, too",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/3.0\r\nHost: t\r\n\r\n", 505),
            ("GET /" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\nHost: t\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: t\r\nX: " + String(repeating: "a", count: 40_000) + "\r\n\r\n", 431),
            ("GET / HTTP/1.1\r\nHost: t\r\nExpect: 200-maybe\r\n\r\n", 417),
        ])
    func malformed(bytes: String, status: Int) async throws {
        try await TestAPI.with { test in
            let client = try await test.connect()
            try await client.send(bytes)
            let answer = try await client.receive()
            answer.expectProblem(status)
            Self.expectSecurityFields(answer)
        }
    }

    @Test(
        "a sane request id of the caller comes back",
        arguments: ["abc", "A-1_2.3:4", String(repeating: "x", count: 128)])
    func sane(id: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/api/ping", ["X-Request-ID: \(id)"])
            #expect(answer["x-request-id"] == id)
        }
    }

    @Test(
        "an insane one is replaced, also in the body of an error",
        arguments: ["", "a b", "<script>", "я", "a\"b", "a\tb", String(repeating: "x", count: 129)])
    func insane(id: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/nowhere", ["X-Request-ID: \(id)"])
            answer.expectProblem(404)
            #expect(answer["x-request-id"]?.count == 15)
        }
    }

    @Test("ids that we make differ")
    func generated() async throws {
        try await TestAPI.with { test in
            let client = try await test.connect()
            var ids: Set<String> = []
            for _ in 0..<50 { ids.insert(try #require(try await client.exchange("GET", "/api/ping")["x-request-id"])) }
            #expect(ids.count == 50)
        }
    }

    @Test("an unknown path is a problem in Russian")
    func notFound() async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/api/nowhere?x=1")
            answer.expectProblem(404, detail: "Такого адреса нет", instance: "/api/nowhere")
            let id = try #require(answer["x-request-id"])
            #expect(
                answer.text == #"{"type":"about:blank","title":"Not Found","status":404,"detail":"Такого адреса нет","#
                    + #""instance":"/api/nowhere","request_id":"\#(id)"}"#)
        }
    }

    @Test(
        "a wrong verb is told the right ones",
        arguments: [
            ("GET", "/api/ai/process", "OPTIONS, POST"), ("POST", "/api/ping", "GET, HEAD, OPTIONS"),
            ("PUT", "/api/ai/status/x", "GET, HEAD, OPTIONS"), ("DELETE", "/api/ai/result/x", "GET, HEAD, OPTIONS"),
        ])
    func methodNotAllowed(method: String, target: String, allow: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask(method, target)
            answer.expectProblem(405, detail: "Этот метод здесь не поддерживается", instance: target)
            #expect(answer["allow"] == allow)
        }
    }

    @Test(
        "the language is Russian unless English is wanted more",
        arguments: [
            ("en", "There is nothing at this address"), ("en-US,en;q=0.9", "There is nothing at this address"),
            ("EN", "There is nothing at this address"), ("ru;q=0.1, en;q=0.2", "There is nothing at this address"),
            ("ru", "Такого адреса нет"), ("ru, en", "Такого адреса нет"), ("de", "Такого адреса нет"),
            ("en;q=0", "Такого адреса нет"), ("en;q=0.5, ru-RU;q=0.8", "Такого адреса нет"), ("*", "Такого адреса нет"),
        ])
    func language(accept: String, detail: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/nowhere", ["Accept-Language: \(accept)"])
            answer.expectProblem(404, detail: detail)
        }
    }
}
