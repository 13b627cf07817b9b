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

    /// Whether the word alone is the name of a column.
    func isName(_ word: LexicalWord) -> Bool { stems.contains { $0.stems == [RussianStemmer.stem(word)] } }

    /// The column whose name stands at `index`. A name that is nothing but a word for a function («Сумма») counts
    /// only behind the word for a column.
    func match(_ words: [LexicalWord], at index: Int, isColumn: Bool) -> (column: Int, length: Int)? {
        for (column, name) in stems where words.count - index >= name.count {
            let found = words[index..<index + name.count].map(RussianStemmer.stem)
            let isFunction = name.allSatisfy { CheckWords.aggregate($0) != nil }
            if found == name, isColumn || !isFunction { return (column, name.count) }
        }
        return nil
    }
}
