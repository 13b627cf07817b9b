/// The words that the check understands. A task or a label with any other word is left alone: it may hold a
/// condition, and then the number is another one. All take stems.
enum CheckWords {
    /// The function a word names.
    static func aggregate(_ stem: LexicalWord) -> Aggregate? { aggregates[stem] }

    /// Whether the word means a column: «столбец», «колонка».
    static func isColumn(_ stem: LexicalWord) -> Bool { columns.contains(stem) }

    /// Whether the word means a row.
    static func isRow(_ stem: LexicalWord) -> Bool { rows.contains(stem) }

    /// Whether the word says that there is a result for each of something.
    static func isEach(_ stem: LexicalWord) -> Bool { each.contains(stem) }

    /// Whether the word changes nothing about what is computed.
    static func isFiller(_ stem: LexicalWord) -> Bool { fillers.contains(stem) }

    private static let aggregates: [LexicalWord: Aggregate] = {
        let words: [(Aggregate, String)] = [
            (.sum, "сумма суммы сумму суммарный суммируй просуммируй сложи итог итого итоги всего общий sum total"),
            (.mean, "средний среднее средние средняя average avg mean"),
            (.minimum, "минимум минимальный минимальное наименьший min minimum"),
            (.maximum, "максимум максимальный максимальное наибольший max maximum"),
            (.count, "количество count"),
        ]
        var aggregates: [LexicalWord: Aggregate] = [:]
        for (aggregate, text) in words {
            for stem in stems(text) { aggregates[stem] = aggregate }
        }
        return aggregates
    }()
    private static let columns = stems("столбец столбца столбцы столбик колонка колонок column columns")
    private static let rows = stems("строка строк запись записей rows")
    private static let each = stems("по каждый каждая каждого все всем всех разрез by each per all")
    private static let fillers = stems(
        """
        посчитай посчитать подсчитай рассчитай вычисли вычислить найди найти определи покажи выведи дай узнай нужно
        пожалуйста мне и а также в во для числовой числовым значение значения данные таблица таблице группа группам
        отдельно какой какая какое чему равен равна равно составляет это этот показатель результат ответ арифметическое
        руб рубль рублей calculate find the of in for value result
        """)

    private static func stems(_ text: String) -> Set<LexicalWord> {
        Set(LexicalWord.words(in: text).map(RussianStemmer.stem))
    }
}
