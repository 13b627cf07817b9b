import JSON
import Prompts
import Testing

@Suite("Local truth")
struct AggregateCheckTests {
    /// Sales by region: 120 + 80 + 180 + 120 = 500; North 300, South 200.
    static let sales = SourceTable(rows: [
        ["Регион", "Месяц", "Выручка", "Заказы"], ["Север", "Январь", 120, 3], ["Юг", "Январь", "80,00", 2],
        ["Север", "Февраль", 180, 5], ["Юг", "Февраль", 120, 1],
    ])

    private func warnings(
        _ query: String, _ answer: String, source: SourceTable = sales, range: String? = nil
    ) throws -> [ResultWarning] {
        let rows = try JSONParser().parse(answer).arrayValue?.compactMap(\.arrayValue)
        return AggregateCheck.warnings(query: query, source: source, sourceRange: range, answer: rows, message: nil)
    }

    static let wrong: [(String, String)] = [
        ("Посчитай сумму по столбцу Выручка", "[[501]]"),
        ("сумма выручки", #"[["Показатель","Значение"],["Сумма",510]]"#),
        ("Вычисли сумму по столбцу «Выручка»", #"[["Сумма по столбцу «Выручка»",505.5]]"#),
        ("средняя выручка", #"[["Средняя выручка"],[120]]"#),
        ("минимум по столбцу C", "[[81]]"), ("максимум по столбцу С", "[[181]]"),
        ("сумма столбца D", "[[12]]"), ("Итого выручка", #"[["Итого","500,5"]]"#),
        ("количество строк", "[[5]]"), ("average выручка", "[[120]]"),
        ("Посчитай выручку: сумма и среднее", #"[["Сумма","Среднее"],[500,130]]"#),
        ("сумма и максимум по всем столбцам", #"[["Столбец","Сумма","Максимум"],["Выручка",500,180],["Заказы",11,6]]"#),
        ("сумма по всем числовым столбцам", #"[["Выручка","Заказы"],[500,12]]"#),
        ("сумма выручки по регионам", #"[["Регион","Выручка"],["Север",300],["Юг",210]]"#),
        ("сумма выручки по каждому региону", #"[["Юг",201],["Север",300]]"#),
        ("Средняя выручка в разрезе регионов", #"[["Регион","Средняя выручка"],["север ",160],["Юг",100]]"#),
        ("количество по регионам", #"[["Регион","Количество"],["Север",2],["Юг",3]]"#),
        (
            "минимум и максимум выручки по месяцам",
            #"[["Месяц","Минимум","Максимум"],["Январь",80,121],["Февраль",120,180]]"#
        ),
    ]

    @Test("flags the one number that differs", arguments: wrong)
    func differing(query: String, answer: String) throws {
        #expect(try warnings(query, answer).count == 1)
    }

    static let right: [(String, String)] = [
        ("Посчитай сумму по столбцу Выручка", "[[500]]"), ("сумма выручки", #"[["Сумма","500,00"]]"#),
        ("средняя выручка", "[[125]]"), ("среднее по столбцу Заказы", "[[2.75]]"),
        ("среднее по столбцу Заказы", "[[2.8]]"),
        ("среднее по столбцу Заказы", "[[3]]"), ("сумма выручки", #"[["1 000"]]"#.replacing("1 000", with: "500")),
        ("сумма выручки по регионам", #"[["Регион","Выручка"],["Север",300],["Юг",200],["Итого",500]]"#),
        ("количество строк", "[[4]]"),
        ("сумма и максимум по всем столбцам", #"[["","Сумма"],["Выручка",500],["Заказы",11]]"#),
    ]

    @Test("says nothing about right and rounded numbers", arguments: right)
    func agreeing(query: String, answer: String) throws {
        #expect(try warnings(query, answer).isEmpty)
    }

    /// Tasks that are not simple, and answers that do not say what a number is.
    static let unclear: [(String, String)] = [
        ("сумма выручки за январь", "[[200]]"), ("сумма выручки больше 100", "[[420]]"),
        ("сумма выручки без Юга", "[[300]]"), ("сумма выручки в тысячах", "[[0.5]]"), ("медиана выручки", "[[1]]"),
        ("доля выручки по регионам", #"[["Север",0.6],["Юг",0.4]]"#), ("сумма", "[[1]]"), ("выручка", "[[1]]"),
        ("сумма по каждой строке", "[[123],[82],[185],[121]]"), ("сколько заработал Север", "[[300]]"),
        ("сумма выручки с НДС", "[[600]]"), ("накопительная сумма выручки", "[[120],[200],[380],[500]]"),
        ("сумма выручки по регионам и месяцам", #"[["Север","Январь",1]]"#), ("количество заказов", "[[11]]"),
        ("сумма выручки по заказам", #"[["Заказы","Выручка"],[3,1]]"#), ("сумма по столбцу прибыль", "[[1]]"),
        ("средняя сумма", "[[1]]"), ("максимальная выручка", #"[["Регион","Выручка"],["Север",1]]"#),
        ("сумма выручки", #"[["Сумма без отмен",1]]"#), ("сумма выручки", #"[["Сумма, тыс.",0.5]]"#),
        ("сумма выручки", #"[["=SUM(C2:C5)"]]"#), ("сумма выручки", "[[1,2]]"), ("сумма выручки", #"[["Среднее",1]]"#),
        ("сумма выручки", #"[["Регион","Выручка"],["Север",120],["Юг",80]]"#), ("сумма выручки", #"[["Заказы",1]]"#),
        ("сумма выручки по регионам", #"[["Регион","Доля"],["Север",0.6]]"#),
        ("сумма выручки по регионам", #"[["Регион","Месяц","Выручка"],["Север","Январь",120]]"#),
        ("сумма выручки по регионам", #"[["Запад",1]]"#), ("сумма выручки", "[]"), ("", "[[1]]"),
        ("сумма и среднее выручки", "[[1]]"), ("сумма по всем столбцам", "[[1]]"), ("топ сумма выручки", "[[1]]"),
        ("сумма выручки", #"[["код 007"],["007"]]"#), ("сумма выручки", #"[["1,234"]]"#),
        ("разница: сумма выручки", "[[1]]"), ("сумма выручки по регионам", #"[["Север",1],["Север",2]]"#),
    ]

    @Test("leaves alone what it does not understand fully", arguments: unclear)
    func silent(query: String, answer: String) throws {
        #expect(try warnings(query, answer).isEmpty)
    }

    @Test(
        "leaves tables alone whose sums are doubtful",
        arguments: [
            SourceTable(rows: [["Регион", "Выручка"], ["Юг", 1], ["Итого", 1]]),
            SourceTable(rows: [["Регион", "Выручка"], ["Юг", 1], ["Север", .null]]),
            SourceTable(rows: [["Регион", "Выручка"], ["Юг", 1], ["Север", "нет"]]),
            SourceTable(rows: [["Регион", "Выручка"], ["Юг", 1], ["Север", "=B2*2"]]),
            SourceTable(rows: [["Регион", "Выручка"], ["Юг", 1], ["Север", "1,234"]]),
            SourceTable(rows: [["Регион", "Выручка", "Выручка"], ["Юг", 1, 2]]),
            SourceTable(rows: [["Юг", 1], ["Север", 2]]), SourceTable(rows: [["Регион", "Выручка"]]),
            SourceTable(rows: [["Регион", "Выручка"], ["Юг", 1], ["Север"]]), SourceTable(rows: []),
        ])
    func doubtful(_ source: SourceTable) throws {
        #expect(try warnings("сумма выручки", "[[77]]", source: source).isEmpty)
    }

    @Test("reads numbers as Russians write them, and a header of keys")
    func numbers() throws {
        let table = SourceTable(
            header: ["Статья", "Сумма"], rows: [["а", "1 234,50"], ["б", "−34.5"], ["в", "1\u{A0}000"]])
        #expect(try warnings("Посчитай сумму", "[[2200]]", source: table).isEmpty)
        #expect(try warnings("Посчитай сумму", #"[["2 200,01"]]"#, source: table).count == 1)
        #expect(try warnings("средняя сумма", "[[1]]", source: table).isEmpty)
        #expect(try warnings("среднее по столбцу Сумма", "[[1]]", source: table).count == 1)
    }

    @Test("counts column letters from the source range")
    func letters() throws {
        #expect(try warnings("сумма по столбцу E", "[[1]]", range: "Лист1!C3:F7").count == 1)
        #expect(try warnings("сумма по столбцу E", "[[500]]", range: "C3:F7").isEmpty)
        #expect(try warnings("сумма по столбцу Z", "[[1]]").isEmpty)
    }

    @Test(
        "reads a sentence with one number",
        arguments: [
            ("Сумма выручки составляет 510 руб.", 1), ("Сумма по столбцу «Выручка»: 1 510,50", 1), ("Сумма: 500", 0),
            ("Сумма: -500", 1), ("В строке 3 ошибка", 0), ("Сумма за 2024 год: 3", 0), ("Сумма 500, среднее 125", 0),
            ("Не знаю", 0), ("", 0), ("510", 1),
        ])
    func sentences(message: String, count: Int) {
        let found = AggregateCheck.warnings(
            query: "сумма выручки", source: Self.sales, sourceRange: nil, answer: nil, message: message)
        #expect(found.count == count)
    }

    @Test("clips names that are as long as letters")
    func longNames() throws {
        let long = String(repeating: "Очень длинная статья ", count: 500)
        let table = SourceTable(header: ["Статья", "Сумма"], rows: [[.string(long), 1], ["б", 2]])
        let answer: JSONValue = [[.string(long), 7]]
        let warning = try #require(
            try warnings("сумма по столбцу Сумма по каждой статье", answer.description, source: table).first)
        #expect(warning.russian.count < 250)
        #expect(warning.russian.contains("«Очень длинная статья") && warning.russian.contains("…»"))
    }

    @Test("says what differs, in two languages, and no more than ten times")
    func words() throws {
        let warning = try #require(try warnings("сумма выручки по регионам", #"[["Юг",200.5],["Север",300]]"#).first)
        #expect(warning.code == "aggregate_differs")
        #expect(
            warning.russian
                == "Проверьте: сумма по столбцу «Выручка», «Юг» — в ответе 200,5, по исходным данным 200.")
        #expect(warning.english.contains("200,5"))
        let many = SourceTable(header: ["Код", "Число"], rows: (0..<50).map { [.string("г\($0)"), 1] })
        let answer = AggregateCheck.warnings(
            query: "сумма числа по коду", source: many, sourceRange: nil,
            answer: (0..<50).map { [.string("г\($0)"), 2] },
            message: nil)
        #expect(answer.count == AggregateCheck.maximumWarnings)
    }
}
