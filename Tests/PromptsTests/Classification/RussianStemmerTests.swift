import Testing

@testable import Prompts

@Suite("The Russian stemmer")
struct RussianStemmerTests {
    private func stem(_ word: String) -> String {
        LexicalWord.words(in: word).map { RussianStemmer.stem($0).description }.joined(separator: " ")
    }

    @Test(
        "gives the forms of a word one stem",
        arguments: [
            ["столбец"], ["столбца", "столбцу", "столбцы", "столбцами", "Столбцах", "столбцом"],
            ["отдел", "отдела", "отделам", "отделов"], ["таблица", "таблицу", "таблице", "таблицы", "таблицами"],
            ["сумма", "сумму", "суммы", "суммами"], ["средний", "среднее", "средняя", "средних", "среднего"],
            ["посчитать", "посчитай", "посчитайте", "посчитал", "посчитала"], ["найди", "найдите"],
            ["заказ", "заказы", "заказов", "заказами"], ["оплаченный", "оплаченные", "оплаченных"],
            ["покупатель", "покупателей", "покупателям"], ["учёта", "учета"],
        ])
    func forms(_ words: [String]) {
        #expect(Set(words.map(stem)).count == 1, "\(words.map(stem))")
    }

    @Test(
        "follows the published algorithm",
        arguments: [
            ("важный", "важн"), ("вакансия", "ваканс"), ("возможность", "возможн"), ("важнейшие", "важн"),
            ("вавиловка", "вавиловк"), ("поднявшись", "подня"), ("бежавшая", "бежа"), ("двойственность", "двойствен"),
        ])
    func published(word: String, expected: String) {
        #expect(stem(word) == expected)
    }

    @Test("leaves other words alone", arguments: ["", "report", "2024", "q1", "взвзв", "b2b"])
    func others(_ word: String) {
        #expect(stem(word) == word)
    }

    @Test("finds words whatever stands between them, accents and soft hyphens left out")
    func words() {
        #expect(
            LexicalWord.words(in: "Ёлка,ёж/«Дом» — АB-12\u{AD}3 по\u{301}сле").map(\.description)
                == ["елка", "еж", "дом", "аb", "123", "после"])
    }
}
