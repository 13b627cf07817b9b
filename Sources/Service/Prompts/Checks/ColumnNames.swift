import JSON

/// The names of a table's columns, and as stems, longest first. Nil where a name is not plainly one, or where two
/// columns cannot be told apart.
struct ColumnNames {
    /// From the left, without blanks around them.
    let texts: [String]
    private let stems: [(column: Int, stems: [LexicalWord])]

    init?(_ table: SourceTable) {
        guard let header = table.header?.map(JSONValue.string) ?? table.rows.first else { return nil }
        var texts: [String] = []
        var stems: [(column: Int, stems: [LexicalWord])] = []
        for (column, cell) in header.enumerated() {
            guard case .string(let name) = cell, CheckedNumber(text: name) == nil else { return nil }
            let words = LexicalWord.words(in: name)
            guard !words.isEmpty else { return nil }
            texts.append(name.trimmingBlanks())
            stems.append((column, words.map(RussianStemmer.stem)))
        }
        guard Set(stems.map(\.stems)).count == stems.count else { return nil }
        self.texts = texts
        self.stems = stems.sorted { $0.stems.count > $1.stems.count }
    }

    /// Whether the stem alone is the name of a column.
    func isName(_ stem: LexicalWord) -> Bool { stems.contains { $0.stems.count == 1 && $0.stems[0] == stem } }

    /// The column whose name stands at `index` of a text's stems. A name that is nothing but a word for a function
    /// («Сумма») counts only behind the word for a column.
    func match(_ text: [LexicalWord], at index: Int, isColumn: Bool) -> (column: Int, length: Int)? {
        for (column, name) in stems where text.count - index >= name.count {
            guard text[index..<index + name.count].elementsEqual(name) else { continue }
            if isColumn || !name.allSatisfy({ CheckWords.aggregate($0) != nil }) { return (column, name.count) }
        }
        return nil
    }
}
