import Domain
import EventLoop
import JSON
import Telemetry
import TestSupport
import Testing

@Suite("API: GET /api/ai/status/{id}", .timeLimit(.minutes(10)))
struct StatusTests {
    private static let path = "/api/ai/status/\(JobID.sampleText)"

    private static func sample(_ state: JobState) -> JobStatus {
        var status = JobStatus(
            id: .sample, state: state, attempts: 1, createdAt: WallTime(microseconds: 1_767_225_600_000_000))
        if state == .queued { status.queuePosition = 4 }
        if state != .queued, state != .pending { status.startedAt = WallTime(microseconds: 1_767_225_601_500_000) }
        if state.isFinal { status.completedAt = WallTime(microseconds: 1_767_225_602_000_001) }
        return status
    }

    @Test(
        "each state is told with all its fields",
        arguments: [
            (JobState.pending, 0, "Запрос принят и ждёт отправки в очередь", "null", "null", "null"),
            (.queued, 0, "Запрос ожидает в очереди", "4", "null", "null"),
            (.processing, 50, "Запрос обрабатывается", "null", #""2026-01-01T00:00:01.500000Z""#, "null"),
            (
                .completed, 100, "Запрос выполнен", "null", #""2026-01-01T00:00:01.500000Z""#,
                #""2026-01-01T00:00:02.000001Z""#
            ),
            (
                .failed, 100, "Запрос завершился ошибкой", "null", #""2026-01-01T00:00:01.500000Z""#,
                #""2026-01-01T00:00:02.000001Z""#
            ),
            (
                .cancelled, 100, "Запрос отменён", "null", #""2026-01-01T00:00:01.500000Z""#,
                #""2026-01-01T00:00:02.000001Z""#
            ),
        ])
    func states(
        state: JobState, progress: Int, message: String, position: String, started: String, completed: String
    ) async throws {
        try await TestAPI.with { test in
            test.store.put(Self.sample(state))
            let answer = try await test.get(Self.path)
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "application/json")
            #expect(
                answer.text == #"{"request_id":"\#(JobID.sampleText)","status":"\#(state.rawValue)","#
                    + #""progress":\#(progress),"message":"\#(message)","estimated_time":null,"#
                    + #""queue_position":\#(position),"attempts":1,"created_at":"2026-01-01T00:00:00.000000Z","#
                    + #""started_at":\#(started),"completed_at":\#(completed)}"#)
        }
    }

    @Test("the remaining time is told in seconds, to a tenth, when the store knows it")
    func remainingTime() async throws {
        try await TestAPI.with { test in
            var status = Self.sample(.queued)
            status.estimatedSeconds = 12.5
            test.store.put(status)
            let answer = try await test.get(Self.path)
            #expect(answer.json["estimated_time"]?.doubleValue == 12.5)
            #expect(answer.json["queue_position"] == 4)
        }
    }

    @Test("the message is English for those who ask for it")
    func english() async throws {
        try await TestAPI.with { test in
            test.store.put(Self.sample(.processing))
            let answer = try await test.get(Self.path, ["Accept-Language: en-GB,ru;q=0.5"])
            #expect(answer.json["message"] == "The request is being processed")
        }
    }

    @Test("a client that has this very answer is not sent it again")
    func notModified() async throws {
        try await TestAPI.with { test in
            test.store.put(Self.sample(.queued))
            let tag = try #require(try await test.get(Self.path)["etag"])
            #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
            for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let answer = try await test.get(Self.path, ["If-None-Match: \(known)"])
                #expect(answer.status == 304)
                #expect(answer.body.isEmpty)
                #expect(answer["etag"] == tag)
                #expect(answer["content-length"] == nil)
                #expect(answer["x-request-id"] != nil)
            }
            test.store.update(.sample, to: .processing)
            let changed = try await test.get(Self.path, ["If-None-Match: \(tag)"])
            #expect(changed.status == 200)
            #expect(changed["etag"] != tag)
        }
    }

    @Test("HEAD tells what GET would")
    func head() async throws {
        try await TestAPI.with { test in
            test.store.put(Self.sample(.queued))
            let get = try await test.get(Self.path)
            let head = try await test.ask("HEAD", Self.path)
            #expect(head.status == 200)
            #expect(head["content-length"] == String(get.body.count))
            #expect(head["etag"] == get["etag"])
        }
    }

    @Test("an upper-case id names the same job")
    func upperCase() async throws {
        try await TestAPI.with { test in
            test.store.put(Self.sample(.queued))
            let answer = try await test.get("/api/ai/status/\(JobID.sampleText.uppercased())")
            #expect(answer.json["request_id"]?.stringValue == JobID.sampleText)
        }
    }

    @Test(
        "an id that is malformed or names nothing is not found",
        arguments: [
            "0190a5b4-c3d2-7e1f-8123-456789abcdee", "7", "0190a5b4c3d27e1f8123456789abcdef", "x'%20OR%201=1",
            "0190a5b4-c3d2-7e1f-8123-456789abcdefa", "%7B0190a5b4-c3d2-7e1f-8123-456789abcdef%7D", "%D0%AF",
        ], ["status", "result"])
    func unknown(id: String, kind: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/api/ai/\(kind)/\(id)")
            answer.expectProblem(404, detail: "Request not found", instance: "/api/ai/\(kind)/\(id)")
        }
    }

    @Test("a database that does not answer is 503, not 404", arguments: ["status", "result"])
    func storeUnavailable(kind: String) async throws {
        try await TestAPI.with { test in
            test.store.fail(with: .unavailable("connection refused"))
            let answer = try await test.get("/api/ai/\(kind)/\(JobID.sampleText)")
            answer.expectProblem(503)
            #expect(answer["retry-after"] == "1")
            #expect(!answer.text.contains("connection refused"))
        }
    }
}
