import JSON
import TestSupport
import Testing

@Suite("A table that is too large for a question", .timeLimit(.minutes(10)))
struct LargeTableTests {
    private static func job(rows: Int) -> String {
        let lines = (1...rows).map { "[\($0),\"Строка номер \($0)\",\"\($0),5\"]" }
        return """
            {"query_text":"Посчитай сумму","category":"analysis","input_range":"A1:C\(rows + 1)",
            "input_data":[["Номер","Название","Цена"],\(lines.joined(separator: ","))]}
            """
    }

    private func prompt(_ service: Service, rows: Int) async throws -> String {
        let result = try await service.result(try await service.submit(Self.job(rows: rows)))
        let row = result["result"]?.arrayValue?.first { $0[0]?.stringValue == "Пользовательский промпт" }
        return try #require(row?[1]?.stringValue, "\(result)")
    }

    @Test("is cut as far as GIGACHAT_MAX_TOKENS_PER_REQUEST demands, and the figures of all its rows go along")
    func cut() async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["GIGACHAT_MAX_TOKENS_PER_REQUEST": "5000"])
            let whole = try await prompt(service, rows: 20)
            #expect(whole.contains("Строка номер 20") && !whole.contains("пропущен"))
            let cut = try await prompt(service, rows: 2_000)
            #expect(cut.contains("Строка номер 1\"") && cut.contains("Строка номер 2000"))
            #expect(cut.contains("пропущено строк") && cut.contains(#"["Цена",2000,2000,2002000,1.5,2000.5,0]"#))
            #expect(cut.count < 20_000)
        }
    }
}
