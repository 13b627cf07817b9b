/// What a task or a label says, in terms of a table: functions and columns. Nil when it says anything more.
struct CheckPhrase {
    private(set) var aggregates: Set<Aggregate> = []
    private(set) var columns: Set<Int> = []
    /// Columns that stand right behind «по», «каждый» and the like.
    private(set) var columnsAfterEach: Set<Int> = []
    /// Whether columns are spoken of without a name: «по всем столбцам».
    private(set) var meansAllColumns = false
    private(set) var meansRows = false
    /// Words that name a function and are also the whole name of a column.
    private(set) var ambiguous: Set<Aggregate> = []

    /// `firstColumn` is the number of the sheet's column that the table begins in.
    init?(_ text: String, _ names: ColumnNames, firstColumn: Int) {
        let words = LexicalWord.places(in: text)
        let stems = words.map { RussianStemmer.stem($0.word) }
        var index = 0
        var isAfterColumn = false
        var isAfterEach = false
        while index < words.count {
            let stem = stems[index]
            if let match = names.match(stems, at: index, isColumn: isAfterColumn) {
                columns.insert(match.column)
                if isAfterEach, !isAfterColumn { columnsAfterEach.insert(match.column) }
                index += match.length
                isAfterEach = false
                continue
            }
            if isAfterColumn, let column = Self.letter(words[index].text, names, firstColumn) {
                columns.insert(column)
                index += 1
                continue
            }
            guard read(stem, isAfterColumn: isAfterColumn, names) else { return nil }
            if CheckWords.isColumn(stem) {
                isAfterColumn = true
                meansAllColumns = meansAllColumns || isAfterEach
            } else if !Self.isAnd(stem) {
                isAfterColumn = false
            }
            isAfterEach =
                CheckWords.isEach(stem) || isAfterEach && (CheckWords.isColumn(stem) || CheckWords.isFiller(stem))
            index += 1
        }
        if !columns.isEmpty { meansAllColumns = false }
    }

    /// False for a word that is not understood here.
    private mutating func read(_ stem: LexicalWord, isAfterColumn: Bool, _ names: ColumnNames) -> Bool {
        if let aggregate = CheckWords.aggregate(stem) {
            // «По столбцу сумма», and no column has that name.
            guard !isAfterColumn else { return false }
            aggregates.insert(aggregate)
            if names.isName(stem) { ambiguous.insert(aggregate) }
            return true
        }
        if CheckWords.isRow(stem) { meansRows = true }
        return CheckWords.isColumn(stem) || CheckWords.isEach(stem) || CheckWords.isFiller(stem)
            || CheckWords.isRow(stem)
    }

    private static func isAnd(_ stem: LexicalWord) -> Bool { stem == and || stem == russianAnd }
    private static let and = LexicalWord(letters: LexicalWord.letters(of: "and"))
    private static let russianAnd = LexicalWord(letters: LexicalWord.letters(of: "и"))

    /// `B`, or a capital Cyrillic letter that looks like it.
    private static func letter(_ text: Substring, _ names: ColumnNames, _ firstColumn: Int) -> Int? {
        guard text.count == 1, let character = text.first else { return nil }
        guard let cell = CellReference("\(twins[character] ?? character)1") else { return nil }
        let column = cell.column - firstColumn
        return names.texts.indices.contains(column) ? column : nil
    }

    private static let twins: [Character: Character] = [
        "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "К": "K", "М": "M", "О": "O", "Р": "P", "Т": "T", "Х": "X",
    ]
}
