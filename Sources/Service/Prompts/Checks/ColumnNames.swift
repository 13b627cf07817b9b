/// The names of a table's columns as stems, longest first.
struct ColumnNames {
    private let stems: [(column: Int, stems: [LexicalWord])]

    init(_ table: CheckedTable) {
        stems = table.names.enumerated().map { column, name in
            (column, LexicalWord.words(in: name).map(RussianStemmer.stem))
        }.sorted { $0.stems.count > $1.stems.count }
    }

    /// Whether two columns cannot be told apart.
    var isAmbiguous: Bool { Set(stems.map(\.stems)).count < stems.count }

    /// Whether the stem alone is the name of a column.
    func isName(_ stem: LexicalWord) -> Bool { stems.contains { $0.stems == [stem] } }

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
