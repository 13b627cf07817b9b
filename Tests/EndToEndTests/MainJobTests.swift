import JSON
import TestSupport
import Testing

@Suite("A job, from submission to result", .service(.all))
struct MainJobTests {
    /// The same table in both forms that clients send.
    enum Form: String, CaseIterable {
        case arrays = #"[["Месяц","Выручка"],["Январь",100],["Февраль",120.5]]"#
        case objects = #"[{"Месяц":"Январь","Выручка":100},{"Месяц":"Февраль","Выручка":120.5}]"#
    }

    private static func job(_ form: Form = .arrays, category: String? = "analysis") -> String {
        let category = category.map { "\"\($0)\"" } ?? "null"
        return """
            {"query_text":"Посчитай сумму","input_range":"A1:B3","output_range":"D1","category":\(category),
            "input_data":\(form.rawValue)}
            """
    }

    private static let labels = [
        "Запрос", "Диапазон", "Категория", "Данные", "Системный промпт", "Пользовательский промпт",
    ]

    private func row(_ label: String, of result: JSONValue) -> String? {
        result["result"]?.arrayValue?.first { $0[0]?.stringValue == label }?[1]?.stringValue
    }

    private func expectCompleted(_ result: JSONValue, tokens: Int) throws {
        #expect(result["success"] == true)
        #expect(result["status"] == "completed")
        let rows = try #require(result["result"]?.arrayValue)
        #expect(rows.map { $0[0]?.stringValue } == Self.labels)
        #expect(rows.allSatisfy { $0.arrayValue?.count == 2 })
        #expect(result["output_range"]?.stringValue?.hasPrefix("D1:E") == true)
        #expect(result["tokens_used"] == .integer(tokens))
        #expect(result["tokens"]?["prompt"]?.intValue ?? 0 > 0)
        #expect(result["model"] == "dryrun")
        #expect(result["provider"] == "dryrun")
        #expect(try #require(result["processing_time"]?.doubleValue) > 0)
    }

    @Test("is accepted, done and answered, with the table in either form", arguments: Form.allCases)
    func bothForms(_ form: Form) async throws {
        let service = try RunningService.current
        let answer = try await service.client.post("/api/ai/process", json: Self.job(form))
        #expect(answer.status == 202)
        let accepted = try answer.json
        let id = try #require(accepted["request_id"]?.stringValue)
        #expect(accepted["success"] == true)
        #expect(accepted["status"] == "queued")
        #expect(accepted["message"] == "Запрос добавлен в очередь обработки")
        #expect(answer["Location"] == "/api/ai/status/\(id)")
        #expect(answer["Retry-After"] == "1")
        let result = try await service.result(id)
        try expectCompleted(result, tokens: 18)
        #expect(row("Запрос", of: result) == "Посчитай сумму")
        #expect(row("Диапазон", of: result) == "A1:B3")
        #expect(row("Категория", of: result) == "analysis")
        let data = try JSONParser().parse(try #require(row("Данные", of: result)))
        #expect(data == (try JSONParser().parse(Form.arrays.rawValue)))
    }

    @Test("tells its status: when it came, was begun and ended, and at which attempt")
    func status() async throws {
        let service = try RunningService.current
        let id = try await service.submit(Self.job())
        _ = try await service.result(id)
        let status = try await service.status(id)
        #expect(status["request_id"]?.stringValue == id)
        #expect(status["status"] == "completed")
        #expect(status["progress"] == 100)
        #expect(status["attempts"] == 1)
        #expect(status["message"] == "Запрос выполнен")
        let moments = try ["created_at", "started_at", "completed_at"].map { name in
            try #require(status[name]?.stringValue)
        }
        #expect(moments == moments.sorted())
        #expect(moments.allSatisfy { $0.count >= 20 && $0.hasPrefix("20") && $0.hasSuffix("Z") })
    }

    @Test("is answered at once to a client that prefers to wait")
    func waiting() async throws {
        let service = try RunningService.current
        let answer = try await service.client.post("/api/ai/process", json: Self.job(), ["Prefer": "wait=20"])
        #expect(answer.status == 200)
        #expect(answer["Preference-Applied"] == "wait=20")
        try expectCompleted(answer.json, tokens: 18)
    }

    @Test("is classified first when it names no category")
    func classified() async throws {
        let service = try RunningService.current
        let answer = try await service.client.post(
            "/api/ai/process", json: Self.job(category: nil), ["Prefer": "wait=20"])
        let result = try answer.json
        // The model was asked twice: for the category and for the answer.
        try expectCompleted(result, tokens: 36)
        #expect(row("Категория", of: result) == "generation")
    }

    @Test("is one job however often it is sent with the same idempotency key")
    func repeated() async throws {
        let service = try RunningService.current
        let key = ["Idempotency-Key": "key-\(UInt64.random(in: 0 ... .max))"]
        let first = try await service.submit(Self.job(), key)
        #expect(try await service.submit(Self.job(), key) == first)
        let other = try await service.client.post("/api/ai/process", json: Self.job(.objects), key)
        #expect(other.status == 422)
    }

    @Test("leaves the service in good health")
    func health() async throws {
        let service = try RunningService.current
        let health = try await eventually("good health") {
            let health = try await service.health()
            return health["kafka"] == true ? health : nil
        }
        #expect(health["status"] == "ok")
        #expect(health["database"] == true)
        #expect(try await service.client.get("/readyz").status == 200)
        #expect(try await service.client.get("/api/ping").json["status"] == "pong")
    }
}
