import Domain
import JSON
import Telemetry
import TestSupport
import Testing

@Suite("API: GET /api/ai/result/{id}", .timeLimit(.minutes(10)))
struct ResultTests {
    private static let path = "/api/ai/result/\(JobID.sampleText)"

    private static func answer(
        _ state: JobState, _ result: JobResult? = nil, _ fields: [String] = [],
        _ check: @escaping @Sendable (RawHTTPResponse) throws -> Void
    ) async throws {
        try await TestAPI.with { test in
            test.store.put(JobStatus(id: .sample, state: state, attempts: 0, createdAt: .now), result)
            try check(try await test.get(path, fields))
        }
    }

    @Test("a completed job gives its table and what it cost")
    func completed() async throws {
        try await Self.answer(.completed, .completed(.sample, processingSeconds: 1.5)) { answer in
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "application/json")
            #expect(
                answer.text == #"{"success":true,"status":"completed","#
                    + #""result":[["Товар","Сумма"],["Чай \"A\"",12.5],["Σ","=SUM(B2:B2)"],[null,true]],"#
                    + #""output_range":"A12:B15","message":"Готово","tokens_used":18,"#
                    + #""tokens":{"prompt":10,"completion":8,"precached":4},"model":"GigaChat-2","#
                    + #""provider":"gigachat","processing_time":1.5}"#)
        }
    }

    @Test("what a person should look at comes with the table, and the field only then")
    func warned() async throws {
        var output = JobOutput.sample
        output.warnings = [JobWarning(code: "aggregate_differs", message: "Проверьте: сумма")]
        try await Self.answer(.completed, .completed(output, processingSeconds: 1)) { answer in
            #expect(answer.json["warnings"] == [["code": "aggregate_differs", "message": "Проверьте: сумма"]])
            #expect(answer.json["success"] == true)
        }
    }

    @Test("where calls have prices, what they cost in money is there too")
    func cost() async throws {
        var output = JobOutput.sample
        output.cost = JobCost(CallCost(trillionths: 1_800_000_000), currency: "RUB")
        try await Self.answer(.completed, .completed(output, processingSeconds: 0)) { answer in
            #expect(answer.json["cost"] == ["amount": "0.0018", "currency": "RUB"])
        }
    }

    @Test("an answer without a table says so with nulls")
    func textOnly() async throws {
        var output = JobOutput.sample
        output.table = nil
        output.outputRange = nil
        try await Self.answer(.completed, .completed(output, processingSeconds: 0)) { answer in
            #expect(answer.json["result"] == .null)
            #expect(answer.json["output_range"] == .null)
            #expect(answer.json["message"] == "Готово")
        }
    }

    @Test(
        "a job that has not ended says so in the words that clients know",
        arguments: [JobState.pending, .queued, .processing])
    func unfinished(state: JobState) async throws {
        try await Self.answer(state) { answer in
            #expect(answer.status == 200)
            #expect(
                answer.text
                    == #"{"success":false,"status":"\#(state.rawValue)","message":"Запрос еще не завершен"}"#)
        }
    }

    @Test("a failed job says why, and whether trying again may help")
    func failed() async throws {
        let failure = JobFailure(.rateLimited, "Слишком много запросов к модели", isRetryable: true)
        try await Self.answer(.failed, .failed(failure)) { answer in
            #expect(answer.status == 200)
            #expect(
                answer.text == #"{"success":false,"status":"failed","message":"Слишком много запросов к модели","#
                    + #""error":{"class":"rate_limited","retryable":true}}"#)
        }
    }

    @Test("a cancelled job says so")
    func cancelled() async throws {
        try await Self.answer(.cancelled, .cancelled) { answer in
            #expect(answer.text == #"{"success":false,"status":"cancelled","message":"Запрос отменён"}"#)
        }
    }

    @Test("texts are English for those who ask for it")
    func english() async throws {
        try await Self.answer(.queued, nil, ["Accept-Language: en"]) { answer in
            #expect(answer.json["message"] == "The request is not finished yet")
        }
    }
}
