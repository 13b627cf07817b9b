import Prompts
import Testing

@Suite("The classifier")
struct CategoryAnswerTests {
    static let categories = [
        PromptCategory(
            id: 1, name: "analysis", displayName: "Проанализировать данные", description: "Итоги.", sortOrder: 1),
        PromptCategory(
            id: 4, name: "generation", displayName: "Создать синтетические данные", description: "Новое.",
            sortOrder: 4),
        PromptCategory(
            id: 5, name: "uncertain", displayName: "Не определена", description: "", isActive: false, sortOrder: 9),
    ]

    /// Answer, category, confidence.
    static let answers: [(String, String, Double)] = [
        (#"{"category":"generation","confidence":0.9}"#, "generation", 0.9),
        ("```json\n{\"category\": \"generation\", \"confidence\": 0.9}\n```", "generation", 0.9),
        (#"Думаю, так: {"category":"analysis","confidence":0.7}. Верно?"#, "analysis", 0.7),
        (#"{"category":"generation","confidence":"0.9"}"#, "generation", 0.9),
        (#"{"category":"generation","confidence":"0,9"}"#, "generation", 0.9),
        (#"{"category":"generation","confidence":"90 %"}"#, "generation", 0.9),
        (#"{"category":"generation","confidence":"0.5%"}"#, "generation", 0.005),
        (#"{"category":"generation","confidence":90}"#, "generation", 0.9),
        (#"{"category":"generation","confidence":100}"#, "generation", 1),
        (#"{"category":"generation","confidence":1}"#, "generation", 1),
        (#"{"category":"generation","confidence":-3}"#, "generation", 0),
        (#"{"category":"generation","confidence":1e400}"#, "generation", 0.5),
        (#"{"category":"generation","confidence":"высокая"}"#, "generation", 0.5),
        (#"{"category":"generation"}"#, "generation", 0.5),
        (#"{"category":" Generation ","confidence":0.9,}"#, "generation", 0.9),
        ("{'category':'generation','confidence':0.9}", "generation", 0.9),
        ("{category: “analysis”, score: .8}", "analysis", 0.8),
        (#"{"категория":"Создать синтетические данные","уверенность":0.6}"#, "generation", 0.6),
        (#"{"category":"«Проанализировать данные»","confidence":0.6}"#, "analysis", 0.6),
        (#"{"category":{"name":"analysis"},"confidence":0.6}"#, "analysis", 0.6),
        (#"[{"category":"analysis","confidence":0.6}]"#, "analysis", 0.6),
        (#"{"analysis":0.2,"generation":0.8}"#, "generation", 0.8),
        (#"{"category":"cooking","confidence":0.9}"#, "uncertain", 0),
        (#"{"category":"uncertain","confidence":0.9}"#, "uncertain", 0),
        (#"{"category":null}"#, "uncertain", 0),
        (#"{"category":"generation","confid"#, "generation", 0.5),
        ("Категория: generation.", "generation", 0.5),
        ("Это analysis или generation?", "uncertain", 0),
        ("Не знаю.", "uncertain", 0),
        ("", "uncertain", 0),
        ("{{{{[[[", "uncertain", 0),
    ]

    @Test("reads answers of any form", arguments: answers)
    func reading(answer: String, category: String, confidence: Double) {
        let read = CategoryAnswer.parse(answer, categories: Self.categories)
        #expect(read.category == category)
        #expect(abs(read.confidence - confidence) < 1e-9)
    }

    @Test("asks with the list of active categories and quotes the task", arguments: [false, true])
    func asking(includeDescriptions: Bool) {
        let prompt = ClassifierPrompt.prompt(
            for: "Создай\n<таблицу>", categories: Self.categories, systemPrompt: SystemPrompt(prompt: "Выбери."),
            includeDescriptions: includeDescriptions)
        let analysis = "- analysis: Проанализировать данные" + (includeDescriptions ? ". Итоги." : "")
        let generation = "- generation: Создать синтетические данные" + (includeDescriptions ? ". Новое." : "")
        #expect(prompt.system == "Выбери.\n\nКатегории:\n\(analysis)\n\(generation)")
        #expect(prompt.user == "Запрос пользователя (строка JSON):\n" + #""Создай\n\u003cтаблицу>""#)
        #expect(prompt.estimatedTokens > 0)
    }
}
