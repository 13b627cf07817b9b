import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@testable import API

@Suite("API: a full queue", .timeLimit(.minutes(10)))
struct QueueLimitTests {
    @Test("submissions are turned away, with the time to come again, until a count finds room")
    func turnsAway() async throws {
        try await TestAPI.with { test in
            test.queueLimit.finishCount(99)
            _ = try await test.submit()
            let refused = try await test.process(#"{"query_text":"q"}"#)
            refused.expectProblem(429, detail: "Очередь запросов заполнена, повторите запрос позже")
            #expect(refused["retry-after"] == "5")
            #expect(refused.json["error"]?.stringValue?.contains("100") == true)
            #expect(test.store.jobs.count == 1)
            test.queueLimit.beginCount()
            test.queueLimit.finishCount(3)
            #expect(try await test.process(#"{"query_text":"q"}"#).status == 202)
        }
    }

    @Test("a request with wrong fields is told so even then, and takes no place")
    func wrongFields() async throws {
        try await TestAPI.with { test in
            test.queueLimit.finishCount(99)
            for _ in 1...3 { #expect(try await test.process("{}").status == 422) }
            _ = try await test.submit()
            #expect(try await test.process("{}").status == 422)
        }
    }

    @Test("status and result are told, and jobs cancelled, however full the queue is")
    func others() async throws {
        try await TestAPI.with { test in
            let id = try await test.submit()
            test.queueLimit.finishCount(5_000)
            #expect(try await test.get("/api/ai/status/\(id)").status == 200)
            #expect(try await test.ask("DELETE", "/api/ai/requests/\(id)").status == 200)
        }
    }

    @Test("a submission that is repeated under its key is answered like the first, however full the queue is")
    func repeated() async throws {
        try await TestAPI.with { test in
            let key = ["Idempotency-Key: k"]
            let first = try await test.process(#"{"query_text":"q"}"#, key)
            test.queueLimit.finishCount(5_000)
            let again = try await test.process(#"{"query_text":"q"}"#, key)
            #expect(again.status == 202)
            #expect(again.json["request_id"] == first.json["request_id"])
            #expect(try await test.process(#"{"query_text":"other"}"#, key).status == 422)
            #expect(try await test.process(#"{"query_text":"q"}"#, ["Idempotency-Key: new"]).status == 429)
            #expect(try await test.process(#"{"query_text":"q"}"#).status == 429)
            test.store.fail(with: .unavailable("away"))
            #expect(try await test.process(#"{"query_text":"q"}"#, key).status == 503)
            #expect(test.store.jobs.count == 1)
        }
    }

    @Test("a submission that makes no job takes no place")
    func noJob() async throws {
        try await TestAPI.with { (test) async throws in
            test.queueLimit.finishCount(98)
            test.store.fail(with: .unavailable("away"))
            for _ in 1...3 { #expect(try await test.process(#"{"query_text":"q"}"#).status == 503) }
            test.store.fail(with: nil)
            for _ in 1...3 {
                #expect(try await test.process(#"{"query_text":"q"}"#, ["Idempotency-Key: k"]).status == 202)
            }
            #expect(try await test.process(#"{"query_text":"q"}"#).status == 202)
            #expect(try await test.process(#"{"query_text":"q"}"#).status == 429)
        }
    }

    @Test("what becomes durable while a count is under way is added to it, what was before is part of it")
    func duringCount() {
        let limit = QueueLimit(10)
        for _ in 1...4 { Self.submit(to: limit) }
        limit.beginCount()
        for _ in 1...3 { Self.submit(to: limit) }
        limit.finishCount(6)
        #expect(limit.admit())
        #expect(!limit.admit())
    }

    @Test("what was let in before a count began and is durable only after it keeps its place")
    func slowCommit() {
        let limit = QueueLimit(3)
        for _ in 1...3 { #expect(limit.admit()) }
        limit.beginCount()
        limit.finishCount(0)
        #expect(!limit.admit())
        limit.settle()
        limit.withdraw()
        limit.beginCount()
        limit.finishCount(1)
        #expect(limit.admit())
        #expect(!limit.admit())
    }

    @Test("a count that fails changes nothing")
    func failedCount() {
        let limit = QueueLimit(3)
        for _ in 1...2 { Self.submit(to: limit) }
        limit.beginCount()
        limit.beginCount()
        Self.submit(to: limit)
        #expect(!limit.admit())
        limit.finishCount(1)
        #expect(limit.admit())
        #expect(!limit.admit())
    }

    private static func submit(to limit: QueueLimit) {
        #expect(limit.admit())
        limit.settle()
    }
}
