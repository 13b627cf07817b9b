import EventLoop
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("Compression: tags, bounds and large content", .timeLimit(.minutes(10)))
struct CompressionEdgeTests {
    private static let asking = ["Accept-Encoding: gzip"]
    private static let content = Array(String(repeating: "{\"a\":[1,2,3]},", count: 300).utf8)

    private static func noise(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: 3)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private static func json(_ content: [UInt8], tag: String? = nil) -> Response {
        var response = Response(.ok, contentType: "application/json", body: content)
        if let tag { response.head.fields.set("ETag", tag) }
        return response
    }

    @Test("a strong entity tag becomes weak with the compressed form only", arguments: ["\"a\"", "W/\"a\""])
    func entityTag(tag: String) async throws {
        let handler = behind(Compression()) { _ in Self.json(Self.content, tag: tag) }
        try await TestServer.with(handler: handler) { (test) async throws in
            #expect(try await test.exchange("GET", "/")["etag"] == tag)
            #expect(try await test.exchange("GET", "/", Self.asking)["etag"] == "W/\"a\"")
        }
    }

    @Test(
        "a 304 names the tag under which the client knows the content",
        arguments: [
            ("W/\"a\"", asking, "W/\"a\""), ("\"b\", W/\"a\"", asking, "W/\"a\""), ("\"a\"", asking, "\"a\""),
            ("W/\"b\", \"a\"", asking, "\"a\""), ("*", asking, "\"a\""), ("W/\"a\"", [], "\"a\""),
        ])
    func notModified(known: String, fields: [String], tag: String) async throws {
        let handler = behind(Compression()) { _ in
            var response = Response(.notModified)
            response.head.fields.set("ETag", "\"a\"")
            return response
        }
        try await TestServer.with(handler: handler) { (test) async throws in
            let answer = try await test.exchange("GET", "/", fields + ["If-None-Match: \(known)"])
            #expect(answer.status == 304)
            #expect(answer["etag"] == tag)
            #expect(answer["vary"] == "Accept-Encoding")
            #expect(answer["content-encoding"] == nil)
        }
    }

    @Test("content that would not become smaller is sent as it is, tag and all", arguments: [1100, 300_000])
    func notSmaller(size: Int) async throws {
        let content = Self.noise(size)
        let handler = behind(Compression()) { _ in Self.json(content, tag: "\"a\"") }
        try await TestServer.with(handler: handler) { (test) async throws in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer["content-encoding"] == nil)
            #expect(answer["etag"] == "\"a\"")
            #expect(answer["vary"] == "Accept-Encoding")
            #expect(answer.body == content)
        }
    }

    @Test("content of many slices comes out whole")
    func large() async throws {
        let content = Array(String(repeating: "[1.25,\"Чай\",null],", count: 100_000).utf8)
        let handler = behind(Compression()) { _ in Self.json(content) }
        try await TestServer.with(handler: handler) { (test) async throws in
            let answer = try await test.exchange("GET", "/", Self.asking)
            #expect(answer["content-encoding"] == "gzip")
            #expect(try GzipDecoder.decode(answer.body) == content)
        }
    }

    @Test("while a large content is compressed, its loop serves others")
    func fair() async throws {
        let isLargeDone = Lock(false)
        // Repeated beyond the 32 KiB in which gzip would notice.
        let noise = Self.noise(1 << 16).map { $0 & 0x3F }
        let content = (0..<16).reduce(into: [UInt8]()) { content, _ in content += noise }
        let compression = behind(Compression(level: 9)) { _ in Self.json(content) }
        let handler: RequestHandler = { request in
            guard request.head.path == "/large" else { return Response(.ok, text: "small") }
            let response = await compression(request)
            isLargeDone.withLock { $0 = true }
            return response
        }
        try await TestServer.with(handler: handler) { (test) async throws in
            let (large, small) = (try await test.connect(), try await test.connect())
            #expect(try await small.exchange("GET", "/small").status == 200)
            try await large.request("GET", "/large", Self.asking)
            #expect(try await small.exchange("GET", "/small").status == 200)
            #expect(!isLargeDone.withLock { $0 })
            #expect(try GzipDecoder.decode(try await large.receive().body) == content)
        }
    }

    @Test("what goes over the memory limit is sent as it is, and memory is given back")
    func memory() async throws {
        let large = Array(repeating: UInt8(ascii: "a"), count: 100_000)
        let handler = behind(Compression(memoryLimit: 300_000)) { request in
            Self.json(request.head.path == "/large" ? large : Self.content)
        }
        try await TestServer.with(handler: handler) { (test) async throws in
            for _ in 0..<3 {
                let plain = try await test.exchange("GET", "/large", Self.asking)
                #expect(plain["content-encoding"] == nil)
                #expect(plain.body == large)
                #expect(try await test.exchange("GET", "/", Self.asking)["content-encoding"] == "gzip")
            }
        }
    }

    @Test("content that is made while it is sent is not compressed")
    func stream() async throws {
        let handler = behind(Compression()) { _ in
            Response(.ok, contentType: "text/plain", body: .stream { writer in try await writer.write(Self.content) })
        }
        try await TestServer.with(handler: handler) { (test) async throws in
            let client = try await test.connect()
            try await client.send("GET / HTTP/1.0\r\nHost: t\r\nAccept-Encoding: gzip\r\n\r\n")
            let answer = try await client.receive()
            #expect(answer["content-encoding"] == nil)
            #expect(answer["vary"] == nil)
            #expect(answer.body == Self.content)
        }
    }
}
