import Domain
import JSON
import TestSupport
import Testing

@Suite("OpenAI front: errors", .timeLimit(.minutes(10)))
struct OpenAIErrorTests {
    private static let hello = #"{"messages":[{"role":"user","content":"q"}]}"#

    private static let classes: [(FailureClass, Int, String, String)] = [
        (.badRequest, 400, "invalid_request_error", "bad_request"), (.auth, 502, "server_error", "auth"),
        (.forbidden, 502, "server_error", "forbidden"),
        (.quotaExhausted, 429, "insufficient_quota", "insufficient_quota"),
        (.notFound, 404, "invalid_request_error", "model_not_found"),
        (.rateLimited, 429, "rate_limit_exceeded", "rate_limit_exceeded"), (.server, 502, "server_error", "server"),
        (.transport, 503, "server_error", "transport"), (.timeout, 504, "server_error", "timeout"),
        (.malformed, 502, "server_error", "malformed"), (.blocked, 400, "invalid_request_error", "content_filter"),
        (.cancelled, 503, "server_error", "cancelled"), (.invalid, 400, "invalid_request_error", "invalid"),
        (.internal, 500, "server_error", "internal"),
    ]

    @Test("every class of failure has a status and a word", arguments: classes)
    func failure(failure: FailureClass, status: Int, type: String, code: String) async throws {
        try await TestAPI.with { test in
            test.model.set { $0.failure = ModelFailure(failure, "said the provider") }
            let answer = try await test.chat(Self.hello)
            #expect(answer.status == status)
            let error = answer.json["error"]
            #expect(error?["type"]?.stringValue == type)
            #expect(error?["code"]?.stringValue == code)
            #expect(error?["message"]?.stringValue?.isEmpty == false)
            #expect((answer["retry-after"] != nil) == [429, 503].contains(status))
        }
    }

    @Test("no class of failure is forgotten")
    func complete() {
        #expect(Self.classes.map(\.0.rawValue).sorted() == FailureClass.allCases.map(\.rawValue).sorted())
    }

    @Test("what is wrong with the address or the method is said in the same form")
    func routing() async throws {
        try await TestAPI.with { test in
            let unknown = try await test.get("/v1/completions")
            #expect(unknown.status == 404)
            #expect(unknown["content-type"] == "application/json")
            #expect(unknown.json["error"]?["code"] == "unknown_url")
            #expect(unknown.json["error"]?["message"] == "Такого адреса нет")
            let method = try await test.get("/v1/chat/completions")
            #expect(method.status == 405)
            #expect(method["allow"] == "OPTIONS, POST")
            #expect(method.json["error"]?["type"] == "invalid_request_error")
            let elsewhere = try await test.get("/v1x")
            elsewhere.expectProblem(404)
        }
    }

    @Test("a body that cannot be used is refused in the same form", arguments: ["{", "[]", "", "\"q\""])
    func unreadable(body: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.chat(body)
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["type"] == "invalid_request_error")
            #expect(answer.json["error"]?["message"]?.stringValue?.isEmpty == false)
        }
    }

    @Test("a body that is too large is 413 in the same form")
    func tooLarge() async throws {
        try await TestAPI.with(bodyLimit: 1_024) { test in
            let text = String(repeating: "a", count: 2_000)
            let answer = try await test.chat(#"{"messages":[{"role":"user","content":"\#(text)"}]}"#)
            #expect(answer.status == 413)
            #expect(answer.json["error"]?["code"] == "request_too_large")
        }
    }

    @Test("an overloaded service says so in the same form")
    func overloaded() async throws {
        try await TestAPI.with(requestsInFlight: 0) { test in
            let answer = try await test.chat(Self.hello)
            #expect(answer.status == 503)
            #expect(answer["retry-after"] == "1")
            #expect(answer.json["error"]?["code"] == "overloaded")
        }
    }

    @Test("all faults are named at once, the first one's field stands in param")
    func faults() async throws {
        try await TestAPI.with { test in
            let answer = try await test.chat(
                #"{"messages":[{"role":"robot","content":"q"},{"role":"user"}],"temperature":3,"n":2,"stop":[1]}"#)
            #expect(answer.status == 400)
            let error = answer.json["error"]
            #expect(error?["param"] == "messages[0].role")
            let message = try #require(error?["message"]?.stringValue)
            for field in ["messages[0].role: ", "messages[1].content: ", "temperature: ", "n: ", "stop[0]: "] {
                #expect(message.contains(field))
            }
            #expect(test.model.now.request == nil)
        }
    }
}
