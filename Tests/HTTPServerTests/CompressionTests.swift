import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("Compression", .timeLimit(.minutes(10)))
struct CompressionTests {
    private static let asking = ["Accept-Encoding: gzip"]
    private static let text = String(repeating: "Товар,12.5\n", count: 500)

    /// Answers text, changed by `change`, through a compression.
    private static func serve(
        _ compression: Compression = Compression(), _ content: String = text,
        changing change: @escaping @Sendable (inout Response) -> Void = { _ in },
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let handler = behind(compression) { _ in
            var response = Response(.ok, text: content)
            change(&response)
            return response
        }
        try await TestServer.with(handler: handler, body)
    }

    private static func expectPlain(_ answer: RawHTTPResponse, vary: String?) {
        #expect(answer["content-encoding"] == nil)
        #expect(answer["vary"] == vary)
        #expect(answer["content-length"] == "\(text.utf8.count)")
        #expect(answer.text == text)
    }

    @Test("a client that asks for it gets gzip, a fraction of the content")
    func asked() async throws {
        try await Self.serve { test in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer.status == 200)
            #expect(answer["content-encoding"] == "gzip")
            #expect(answer["content-type"] == "text/plain; charset=utf-8")
            #expect(answer["vary"] == "Accept-Encoding")
            #expect(answer["content-length"] == "\(answer.body.count)")
            #expect(answer.body.count < Self.text.utf8.count / 10)
            #expect(try GzipDecoder.decode(answer.body) == Array(Self.text.utf8))
        }
    }

    @Test("a client that does not gets the plain content, and caches are told why", arguments: ["br", "gzip;q=0", ";"])
    func notAsked(value: String) async throws {
        try await Self.serve { test in
            Self.expectPlain(try await test.exchange("GET", "/"), vary: "Accept-Encoding")
            let answer = try await test.exchange("GET", "/", ["Accept-Encoding: \(value)"])
            Self.expectPlain(answer, vary: "Accept-Encoding")
        }
    }

    @Test("HEAD announces the very fields that GET sends")
    func head() async throws {
        try await Self.serve(changing: { $0.head.fields.set("ETag", "\"1\"") }) { test in
            let get = try await test.exchange("GET", "/", Self.asking)
            let head = try await test.exchange("HEAD", "/", Self.asking)
            #expect(get["content-encoding"] == "gzip")
            #expect(head.body.isEmpty)
            let (sent, announced) = (get.fields.filter { $0.name != "date" }, head.fields.filter { $0.name != "date" })
            #expect(announced.map { "\($0.name): \($0.value)" } == sent.map { "\($0.name): \($0.value)" })
        }
    }

    @Test("content under the limit stays as it is", arguments: [(1023, nil), (1024, "gzip")] as [(Int, String?)])
    func small(size: Int, coding: String?) async throws {
        try await Self.serve(Compression(), String(repeating: "a", count: size)) { test in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer["content-encoding"] == coding)
            #expect(answer["vary"] == (coding == nil ? nil : "Accept-Encoding"))
        }
    }

    @Test("the limit can be set")
    func limit() async throws {
        try await Self.serve(Compression(minimumSize: 100), String(repeating: "a", count: 100)) { test in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer["content-encoding"] == "gzip")
        }
    }

    @Test(
        "types that gain by it are compressed, in any case and with parameters",
        arguments: [
            "text/html", "TEXT/CSV; charset=utf-8", "application/json", "application/problem+json", "image/svg+xml",
            "application/javascript", "application/xml", "application/x-ndjson ; a=b",
        ])
    func compressible(type: String) async throws {
        try await Self.serve(changing: { $0.head.fields.set("Content-Type", type) }) { test in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer["content-encoding"] == "gzip")
        }
    }

    @Test("others are not", arguments: ["image/png", "application/octet-stream", "application/gzip", "", "text"])
    func incompressibleType(type: String) async throws {
        try await Self.serve(changing: { $0.head.fields.set("Content-Type", type) }) { test in
            Self.expectPlain(try await test.exchange("GET", "/", Self.asking), vary: nil)
        }
    }

    @Test("content without a type is left alone")
    func untyped() async throws {
        try await Self.serve(changing: { $0.head.fields.remove("Content-Type") }) { test in
            Self.expectPlain(try await test.exchange("GET", "/", Self.asking), vary: nil)
        }
    }

    @Test("only successes are compressed, and no part of a whole", arguments: [206, 404, 500])
    func statuses(code: Int) async throws {
        let status = try #require(Status(code: code))
        try await Self.serve(changing: { $0.head.status = status }) { test in
            Self.expectPlain(try await test.exchange("GET", "/", Self.asking), vary: nil)
        }
    }

    @Test("204 has nothing to compress")
    func noContent() async throws {
        try await Self.serve(changing: { $0.head.status = .noContent }) { test in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer.status == 204)
            #expect(answer["content-encoding"] == nil)
        }
    }

    @Test("a coding that is there already stays alone")
    func coded() async throws {
        try await Self.serve(changing: { $0.head.fields.set("Content-Encoding", "br") }) { test in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer["content-encoding"] == "br")
        }
    }

    @Test("no-transform is respected", arguments: ["no-transform", "max-age=60, No-Transform"])
    func noTransform(value: String) async throws {
        try await Self.serve(changing: { $0.head.fields.set("Cache-Control", value) }) { test in
            Self.expectPlain(try await test.exchange("GET", "/", Self.asking), vary: nil)
        }
    }

    @Test("other words of Cache-Control are no hindrance")
    func cacheControl() async throws {
        try await Self.serve(changing: { $0.head.fields.set("Cache-Control", "no-store") }) { test in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer["content-encoding"] == "gzip")
        }
    }

    @Test(
        "Vary grows by one name at most",
        arguments: [
            (["Origin"], "Origin, Accept-Encoding"), (["Origin, Accept"], "Origin, Accept, Accept-Encoding"),
            (["Origin", "Accept"], "Origin, Accept, Accept-Encoding"), (["*"], "*"),
            (["accept-encoding, Origin"], "accept-encoding, Origin"), ([], "Accept-Encoding"),
        ])
    func vary(given: [String], expected: String) async throws {
        let change: @Sendable (inout Response) -> Void = { response in
            for value in given { response.head.fields.add("Vary", value) }
        }
        try await Self.serve(changing: change) { test in
            let (coded, plain) = (
                try await test.exchange("GET", "/", Self.asking), try await test.exchange("GET", "/")
            )
            #expect(coded["vary"] == expected)
            #expect(plain["vary"] == expected)
        }
    }
}
