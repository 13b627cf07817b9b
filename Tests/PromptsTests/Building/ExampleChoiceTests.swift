import Foundation
import Prompts
import Testing

@Suite("The examples of a prompt")
struct ExampleChoiceTests {
    private func example(_ task: String, size: Int = 1) -> PromptExample {
        PromptExample(
            request: "Дата: 01.02.2025\n\nЗадача:\n\(task)\n\nИсходные данные: нет.",
            response: "[[\(String(repeating: "1", count: size))]]")
    }

    private func system(_ examples: [PromptExample], task: String, budget: Int = 6000) throws -> String {
        let date = try #require(CalendarDay(year: 2025, month: 3, day: 9))
        return PromptBuilder(tokenBudget: budget).prompt(
            for: PromptTask(text: task, date: date), systemPrompt: SystemPrompt(prompt: "Ты.", examples: examples)
        ).system
    }

    private var five: [PromptExample] {
        [
            "Раздели ФИО", "Переведи на английский", "Построй сводную таблицу", "Приведи телефоны к одному виду",
            "Округли",
        ]
        .map { example($0) }
    }

    @Test(
        "are the three nearest to the task, in their own order",
        arguments: [
            ("перевести описания на английский и округлить", ["Переведи на английский", "Округли"]),
            ("сводная таблица по месяцам", ["Построй сводную таблицу"]),
            ("телефоны привести к единому виду", ["Приведи телефоны к одному виду"]),
        ])
    func nearest(task: String, expected: [String]) throws {
        let text = try system(five, task: task)
        #expect(text.components(separatedBy: "Запрос:\n").count == 4)
        let places = try expected.map { try #require(text.range(of: $0)).lowerBound }
        #expect(places == places.sorted())
        #expect(text.contains("Пример 1\n") && text.contains("Пример 3\n") && !text.contains("Пример 4\n"))
    }

    @Test("are the first ones for a task like none of them")
    func unlike() throws {
        let text = try system(five, task: "xyz")
        #expect(text.contains("Раздели ФИО") && text.contains("Построй сводную") && !text.contains("Округли"))
    }

    @Test("take no more than a third of the budget")
    func budget() throws {
        let text = try system([example("Большой", size: 3000), example("Малый")], task: "Большой", budget: 900)
        #expect(!text.contains("Большой") && text.contains("Малый"))
        #expect(try system([example("Большой", size: 3000)], task: "Большой").contains("Большой"))
    }
}
