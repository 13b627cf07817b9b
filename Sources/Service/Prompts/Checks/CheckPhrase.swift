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
    init?(_ text: String, _ table: CheckedTable, firstColumn: Int) {
        let words = text.split { !$0.isLetter && !$0.isNumber }.compactMap { word in
            LexicalWord.words(in: String(word)).first.map { (text: String(word), word: $0) }
        }
        let names = ColumnNames(table)
        guard !names.isAmbiguous else { return nil }
        var index = 0
        var isAfterColumn = false
        var isAfterEach = false
        while index < words.count {
            let word = words[index].word
            if let match = names.match(words.map(\.word), at: index, isColumn: isAfterColumn) {
                columns.insert(match.column)
                if isAfterEach, !isAfterColumn { columnsAfterEach.insert(match.column) }
                index += match.length
                isAfterEach = false
                continue
            }
            if isAfterColumn, let column = Self.letter(words[index].text, table, firstColumn) {
                columns.insert(column)
                index += 1
                continue
            }
            guard read(word, isAfterColumn: isAfterColumn, names) else { return nil }
            if CheckWords.isColumn(word) {
                isAfterColumn = true
                meansAllColumns = meansAllColumns || isAfterEach
            } else if !Self.isAnd(word) {
                isAfterColumn = false
            }
            isAfterEach =
                CheckWords.isEach(word) || isAfterEach && (CheckWords.isColumn(word) || CheckWords.isFiller(word))
            index += 1
        }
        if !columns.isEmpty { meansAllColumns = false }
    }

    /// False for a word that is not understood here.
    private mutating func read(_ word: LexicalWord, isAfterColumn: Bool, _ names: ColumnNames) -> Bool {
        if let aggregate = CheckWords.aggregate(word) {
            // «По столбцу сумма», and no column has that name.
            guard !isAfterColumn else { return false }
            aggregates.insert(aggregate)
            if names.isName(word) { ambiguous.insert(aggregate) }
            return true
        }
        if CheckWords.isRow(word) { meansRows = true }
        return CheckWords.isColumn(word) || CheckWords.isEach(word) || CheckWords.isFiller(word)
            || CheckWords.isRow(word)
    }

    private static func isAnd(_ word: LexicalWord) -> Bool { word.description == "и" || word.description == "and" }

    /// `B`, or a capital Cyrillic letter that looks like it.
    private static func letter(_ text: String, _ table: CheckedTable, _ firstColumn: Int) -> Int? {
        guard text.count == 1, let character = text.first else { return nil }
        let twins: [Character: Character] = [
            "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "К": "K", "М": "M", "О": "O", "Р": "P", "Т": "T",
            "Х": "X",
        ]
        guard let cell = CellReference("\(twins[character] ?? character)1") else { return nil }
        let column = cell.column - firstColumn
        return table.names.indices.contains(column) ? column : nil
    }
}
