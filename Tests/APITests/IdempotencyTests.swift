import TestSupport
import Testing

@Suite("API: Idempotency-Key", .timeLimit(.minutes(10)))
struct IdempotencyTests {
    private static let body = #"{"query_text":"q"}"#

    @Test("the same key and payload give the same job", arguments: ["abc", "\"abc\""])
    func repeated(second: String) async throws {
        try await TestAPI.with { test in
            let first = try await test.process(Self.body, ["Idempotency-Key: abc"])
            let again = try await test.process(Self.body, ["Idempotency-Key: \(second)"])
            #expect(first.status == 202)
            #expect(again.status == 202)
            #expect(again.json == first.json)
            #expect(again["location"] == first["location"])
            #expect(test.store.jobs.count == 1)
        }
    }

    @Test("another payload under the same key is refused")
    func misused() async throws {
        try await TestAPI.with { test in
            _ = try await test.process(Self.body, ["Idempotency-Key: abc"])
            let answer = try await test.process(#"{"query_text":"other"}"#, ["Idempotency-Key: abc"])
            answer.expectProblem(422, detail: "Этот Idempotency-Key уже использован для другого запроса")
            #expect(test.store.jobs.count == 1)
        }
    }

    @Test("other keys, and none, make other jobs")
    func different() async throws {
        try await TestAPI.with { test in
            for field in [["Idempotency-Key: a"], ["Idempotency-Key: b"], [], []] {
                _ = try await test.process(Self.body, field)
            }
            #expect(test.store.jobs.count == 4)
        }
    }

    @Test(
        "a key that is none is refused", arguments: ["", "\"\"", "ключ", "a\tb", String(repeating: "k", count: 256)])
    func bad(key: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(Self.body, ["Idempotency-Key: \(key)"])
            answer.expectProblem(400)
            #expect(test.store.jobs.isEmpty)
        }
    }

    @Test("a fault of the body does not use the key up")
    func faultFirst() async throws {
        try await TestAPI.with { test in
            #expect(try await test.process("{}", ["Idempotency-Key: abc"]).status == 422)
            let answer = try await test.process(Self.body, ["Idempotency-Key: abc"])
            #expect(answer.status == 202)
        }
    }
}
