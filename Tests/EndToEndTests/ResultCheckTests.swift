import JSON
import TestSupport
import Testing

@Suite("The check of a model's sums", .timeLimit(.minutes(10)))
struct ResultCheckTests {
    private static let job = """
        {"query_text":"Посчитай сумму по столбцу Цена","input_range":"A1:B3","category":"analysis",
        "input_data":[["Товар","Цена"],["Чай",10],["Кофе","20,5"]]}
        """

    /// Does the job with a model that says `answer`; gives what HTTP and what the topic of responses say.
    private func outcome(
        _ answer: String, _ settings: [String: String] = [:]
    ) async throws -> (result: JSONValue, response: JSONValue) {
        var outcome: (JSONValue, JSONValue)?
        try await Site.with { site in
            let model = try await site.startStandIn()
            try await model.answers(answer)
            let broker = try await site.startBroker()
            let all = [broker.settings, model.settings, settings].reduce(into: [:]) { $0.merge($1) { _, new in new } }
            let service = try await site.serve(.all, all)
            try await KafkaOutsider.with(broker.servers, reading: [broker.responses]) { outsider in
                let result = try await service.result(try await service.submit(Self.job))
                let responses = try await outsider.values(of: broker.responses, 1)
                let response = try #require(responses.first)
                outcome = (result, response)
            }
        }
        return try #require(outcome)
    }

    @Test("a wrong one is delivered with a warning, over HTTP and over Kafka")
    func wrong() async throws {
        let (result, response) = try await outcome("[[41]]")
        #expect(result["success"] == true)
        #expect(result["result"] == [[41]])
        #expect(result["provider"] == "gigachat")
        let warnings = try #require(result["warnings"]?.arrayValue)
        #expect(warnings.map { $0["code"] } == ["aggregate_differs"])
        let text = try #require(warnings.first?["message"]?.stringValue)
        #expect(text.contains("41") && text.contains("30,5") && text.contains("Цена"))
        #expect(response["result"]?["success"] == true)
        #expect(response["result"]?["metadata"]?["warnings"] == .array(warnings))
    }

    @Test("a right one is delivered without a word")
    func right() async throws {
        let (result, response) = try await outcome("[[30.5]]")
        #expect(result["result"] == [[30.5]])
        #expect(result["warnings"] == nil)
        #expect(response["result"]?["metadata"]?["warnings"] == nil)
    }

    @Test("is off with RESULT_CHECKS=false")
    func off() async throws {
        let (result, response) = try await outcome("[[41]]", ["RESULT_CHECKS": "false"])
        #expect(result["result"] == [[41]])
        #expect(result["warnings"] == nil)
        #expect(response["result"]?["metadata"]?["warnings"] == nil)
    }
}
