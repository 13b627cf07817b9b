import JSON

/// Finds the table, or else the words, in what a model answered. Takes any text: never fails but with a reason,
/// takes time linear in the length, and uses a bounded native stack.
public enum AnswerParser {
    /// The longest answer that is read, in bytes of UTF-8. Far above what a model can say in one answer.
    public static let maximumBytes = 8 * 1024 * 1024

    /// Reads an answer. JSON is preferred to Markdown, Markdown to delimited text, any of them to words.
    public static func parse(_ text: String) -> AnswerReading {
        guard text.utf8.count <= maximumBytes else { return .unreadable(.tooLarge) }
        let answer = AnswerText(text)
        var search = CandidateSearch(answer)
        search.run()
        if let best = search.best, !best.isCutOff { return .read(read(best, tableCount: search.tableCount)) }
        if let reading = readingOfFormulas(answer, beyond: search.best) { return reading }
        if let best = search.best { return .read(read(best, tableCount: search.tableCount)) }
        if let reading = readingOfEscaped(answer) { return reading }
        if let table = markdown(answer) { return .read(table) }
        if let failure = search.failure { return .unreadable(failure) }
        return delimited(answer).map(AnswerReading.read) ?? words(answer)
    }

    private static func read(_ candidate: TableCandidate, tableCount: Int) -> ParsedAnswer {
        var notes: [AnswerNote] = []
        if candidate.isCutOff { notes.append(.cutOff) }
        if candidate.hasEllipsis { notes.append(.rowsOmittedByModel) }
        if tableCount > 1 { notes.append(.severalTables) }
        return ParsedAnswer(table: candidate.shape.rows, message: candidate.shape.message, notes: notes)
    }

    /// Some models escape the whole answer once more: `[[\"a\", 1]]`.
    private static func readingOfEscaped(_ answer: AnswerText) -> AnswerReading? {
        let scanner = LenientScanner(answer.bytes)
        guard answer.bytes.indices.contains(where: { scanner.has("\\\"", at: $0) }) else { return nil }
        var search = CandidateSearch(AnswerText(EscapedText.resolved(answer.bytes, in: 0..<answer.bytes.count)))
        search.run()
        guard let best = search.best, best.shape.rank == .table else { return nil }
        return .read(read(best, tableCount: search.tableCount))
    }

    /// An answer that is broken only because quotes in its formulas are not escaped has more rows than `best` when they
    /// are.
    private static func readingOfFormulas(_ answer: AnswerText, beyond best: TableCandidate?) -> AnswerReading? {
        guard let mended = FormulaQuotes.escaped(answer.bytes) else { return nil }
        var search = CandidateSearch(AnswerText(String(decoding: mended, as: UTF8.self)))
        search.run()
        guard let found = search.best, found.shape.rank == .table,
            found.shape.rows?.count ?? 0 > best?.shape.rows?.count ?? 0
        else { return nil }
        return .read(read(found, tableCount: search.tableCount))
    }

    private static func markdown(_ answer: AnswerText) -> ParsedAnswer? {
        guard let table = MarkdownTable.find(in: answer.lines) else { return nil }
        return ParsedAnswer(table: table.rows, notes: (table.isCutOff ? [.cutOff] : []) + [.readFromMarkdown])
    }

    private static func delimited(_ answer: AnswerText) -> ParsedAnswer? {
        let marked = answer.fences.last { $0.language == "csv" || $0.language == "tsv" }
        let lines = marked.map { answer.lines(in: $0.content) } ?? answer.lines
        guard let table = DelimitedText.find(in: lines, isMarked: marked != nil) else { return nil }
        return ParsedAnswer(table: table.rows, notes: (table.isCutOff ? [.cutOff] : []) + [.readFromDelimitedText])
    }

    /// The text itself; a lone formula is a cell.
    private static func words(_ answer: AnswerText) -> AnswerReading {
        let text = answer.unfenced
        guard !text.isEmpty else { return .unreadable(.empty) }
        let isFormula = text.hasPrefix("=") && text.utf8.count > 1 && !text.utf8.contains(Byte.newline)
        return .read(isFormula ? ParsedAnswer(table: [[.string(text)]]) : ParsedAnswer(table: nil, message: text))
    }
}
