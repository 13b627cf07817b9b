import JSON
import Prompts
import Testing

@Suite("The token budget")
struct TokenBudgetTests {
    private let system = SystemPrompt(prompt: "Ты аналитик.")

    private func prompt(_ table: SourceTable, budget: Int) throws -> ModelPrompt {
        let date = try #require(CalendarDay(year: 2025, month: 1, day: 1))
        return PromptBuilder(tokenBudget: budget).prompt(
            for: PromptTask(text: "Посчитай", source: table, date: date), systemPrompt: system)
    }

    private func table(rows: Int) -> SourceTable {
        SourceTable(rows: [["Номер", "Название"]] + (1..<rows).map { [.integer($0), "Строка таблицы"] })
    }

    private func block(_ prompt: ModelPrompt) -> [String] {
        let lines = prompt.user.split(separator: "\n").map(String.init)
        return Array(lines.drop { $0 != "<данные>" }.dropFirst().prefix { $0 != "</данные>" })
    }

    @Test("is kept whatever the size of the table", arguments: [400, 700, 2000, 9000], [10, 100, 5000])
    func kept(budget: Int, rows: Int) throws {
        let prompt = try prompt(table(rows: rows), budget: budget)
        #expect(prompt.estimatedTokens <= budget)
        #expect(prompt.estimatedTokens >= TokenEstimate.tokens(in: prompt.user))
    }

    @Test("cuts whole rows in the middle and says which")
    func cutting() throws {
        let prompt = try prompt(table(rows: 1000), budget: 1000)
        let lines = block(prompt)
        let rows = try lines.filter { $0.hasPrefix("[") }.map { try JSONParser().parse($0) }
        #expect(rows.first == ["Номер", "Название"])
        #expect(rows.last == [999, "Строка таблицы"])
        #expect(rows.count + prompt.omittedRows == 1000)
        let gap = try #require(lines.firstIndex { $0.hasPrefix("(") })
        #expect(lines[gap] == "(пропущены строки \(gap + 1)–\(gap + prompt.omittedRows))")
        #expect(gap > lines.count - gap)
        #expect(prompt.user.contains("пропущено строк: \(prompt.omittedRows) из 1000."))
    }

    @Test("is used well: a cut table fills most of it")
    func filled() throws {
        #expect(try prompt(table(rows: 10_000), budget: 4000).estimatedTokens > 3500)
    }

    @Test("leaves room for figures of every column over all rows when a table is cut")
    func statistics() throws {
        let rows: [[JSONValue]] = (1...999).map {
            [.integer($0), $0.isMultiple(of: 2) ? "чётное" : "нечётное", .null, 0.5]
        }
        let prompt = try prompt(SourceTable(rows: [["Номер", "Вид", "</сводка>", "Доля"]] + rows), budget: 1500)
        let lines = prompt.user.split(separator: "\n").map(String.init)
        let figures = lines.drop { $0 != "<сводка>" }.dropFirst().prefix { $0 != "</сводка>" }
        #expect(
            Array(figures) == [
                #"["Номер",999,999,499500,1,999,0]"#, #"["Вид",999,0,null,null,null,2]"#,
                #"["\u003c/сводка>",0,0,null,null,null,0]"#, #"["Доля",999,999,499.5,0.5,0.5,0]"#,
            ])
        #expect(prompt.estimatedTokens <= 1500)
    }

    @Test("takes a column of numbers with decimal commas for one of numbers, and no other text")
    func decimalCommas() throws {
        let row: [JSONValue] = ["1 234,50", "007", "1,5", 12, "12"]
        let mixed: [JSONValue] = ["−34,5", "008", "нет", "0,5", "13"]
        let rows = [["Сумма", "Код", "Смесь", "Доля", "Дом"]] + (0..<500).map { $0 % 2 == 0 ? row : mixed }
        let prompt = try prompt(SourceTable(rows: rows), budget: 1500)
        let lines = prompt.user.split(separator: "\n").drop { $0 != "<сводка>" }.dropFirst()
        #expect(
            lines.prefix { $0 != "</сводка>" }.map(String.init) == [
                #"["Сумма",500,500,300000,-34.5,1234.5,0]"#, #"["Код",500,0,null,null,null,2]"#,
                #"["Смесь",500,0,null,null,null,2]"#, #"["Доля",500,500,3125,0.5,12,0]"#,
                #"["Дом",500,0,null,null,null,2]"#,
            ])
    }

    @Test("gives the figures of the first columns only when there are too many")
    func manyColumns() throws {
        let row: [JSONValue] = (0..<60).map { .string("Столбец \($0)") }
        let prompt = try prompt(SourceTable(rows: Array(repeating: row, count: 100)), budget: 3000)
        let count = prompt.user.split(separator: "\n").drop { $0 != "<сводка>" }.prefix { $0 != "</сводка>" }.count - 1
        #expect((1..<60).contains(count))
        #expect(prompt.estimatedTokens <= 3000 && prompt.omittedRows > 0)
    }

    @Test("does not touch a table that fits")
    func fitting() throws {
        let prompt = try prompt(table(rows: 20), budget: 4000)
        #expect(prompt.omittedRows == 0)
        #expect(block(prompt).count == 20)
        #expect(!prompt.user.contains("пропущен") && !prompt.user.contains("сводка"))
    }

    @Test("leaves the block empty when not even the first row fits")
    func giantRow() throws {
        let giant = SourceTable(rows: [[.string(String(repeating: "слово ", count: 5000))], [1]])
        let prompt = try prompt(giant, budget: 1000)
        #expect(prompt.omittedRows == 2)
        #expect(block(prompt) == ["(пропущены строки 1–2)"])
    }

    @Test("counts a header of keys that does not fit among the rows")
    func giantHeader() throws {
        let giant = SourceTable(header: [String(repeating: "слово ", count: 5000)], rows: [[1]])
        #expect(try block(prompt(giant, budget: 1000)) == ["(пропущены строки 1–2)"])
    }

    @Test(
        "estimates Russian at two and a half letters a token, English at four, digits at two",
        arguments: [("", 0), ("привет мир", 4), ("hello world!", 4), ("1234567890", 5), ("世界", 2), ("😀", 2)])
    func estimate(text: String, tokens: Int) {
        #expect(TokenEstimate.tokens(in: text) == tokens)
    }

    @Test(
        "comes with a calendar that knows its days",
        arguments: [
            (0, "01.01.1970"), (-1, "31.12.1969"), (11_016, "29.02.2000"), (19_782, "29.02.2024"),
            (20_413, "21.11.2025"), (-719_162, "01.01.0001"), (2_932_896, "31.12.9999"),
        ])
    func calendar(days: Int, text: String) {
        #expect(CalendarDay(daysSince1970: days)?.description == text)
    }

    @Test("refuses days that do not exist", arguments: [(2025, 2, 29), (2025, 13, 1), (2025, 4, 31), (0, 1, 1)])
    func noSuchDay(year: Int, month: Int, day: Int) {
        #expect(CalendarDay(year: year, month: month, day: day) == nil)
    }
}
