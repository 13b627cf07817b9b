import Domain
import JSON
import Telemetry
import TestSupport
import Testing

@Suite("API: compressed answers", .timeLimit(.minutes(10)))
struct CompressionTests {
    private static let path = "/api/ai/result/\(JobID.sampleText)"
    private static let asking = ["Accept-Encoding: br, gzip;q=0.8"]

    /// An API that knows one completed job with a table of 5 000 rows.
    private static func withBigResult(_ body: @escaping @Sendable (TestAPI) async throws -> Void) async throws {
        try await TestAPI.with { test in
            var output = JobOutput.sample
            output.table = ResultTable(
                .array((0..<5000).map { [.string("Товар \($0)"), JSONValue(Double($0) * 1.5)] }))
            let status = JobStatus(id: .sample, state: .completed, attempts: 1, createdAt: .now)
            test.store.put(status, .completed(output, processingSeconds: 1))
            try await body(test)
        }
    }

    @Test("a big result is sent compressed to who asks for it, and is the same")
    func result() async throws {
        try await Self.withBigResult { test in
            let plain = try await test.get(Self.path)
            let answer = try await test.get(Self.path, Self.asking)
            #expect(plain["content-encoding"] == nil)
            #expect(answer["content-encoding"] == "gzip")
            #expect(answer["content-type"] == "application/json")
            #expect(answer["vary"] == "Origin, Accept-Encoding")
            #expect(plain["vary"] == "Origin, Accept-Encoding")
            #expect(answer["server-timing"] != nil)
            #expect(answer.body.count < plain.body.count / 4)
            #expect(try GzipDecoder.decode(answer.body) == plain.body)
        }
    }

    @Test("a client that has the compressed result is told that it is still right")
    func notModified() async throws {
        try await Self.withBigResult { test in
            let strong = try #require(try await test.get(Self.path)["etag"])
            let weak = try #require(try await test.get(Self.path, Self.asking)["etag"])
            #expect(weak == "W/" + strong)
            for tag in [strong, weak] {
                let answer = try await test.get(Self.path, Self.asking + ["If-None-Match: \(tag)"])
                #expect(answer.status == 304)
                #expect(answer.body.isEmpty)
                #expect(answer["etag"] == tag)
                #expect(answer["vary"] == "Origin, Accept-Encoding")
                #expect(answer["content-encoding"] == nil)
            }
            let other = try await test.get(Self.path, Self.asking + ["If-None-Match: W/\"other\""])
            #expect(other.status == 200)
        }
    }

    @Test("HEAD tells what GET would")
    func head() async throws {
        try await Self.withBigResult { test in
            let get = try await test.get(Self.path, Self.asking)
            let head = try await test.ask("HEAD", Self.path, Self.asking)
            #expect(head.status == 200)
            for name in ["content-encoding", "content-length", "content-type", "etag", "vary"] {
                #expect(head[name] != nil)
                #expect(head[name] == get[name])
            }
        }
    }

    @Test("short answers are never compressed")
    func short() async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/api/ping", Self.asking)
            #expect(answer["content-encoding"] == nil)
            #expect(answer["vary"] == "Origin")
            #expect(answer.json["status"] == "pong")
        }
    }
}
