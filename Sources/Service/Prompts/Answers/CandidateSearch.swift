import JSON

/// Goes through an answer from left to right and tries to read a table at every opening bracket that is not inside
/// one already read.
struct CandidateSearch {
    private let text: AnswerText
    /// The code blocks; most answers with a table are that table, and then nobody asks.
    private lazy var fences = text.fences
    private(set) var best: TableCandidate?
    /// How many full tables there are.
    private(set) var tableCount = 0
    /// What something that began like a table turned out to be.
    private(set) var failure: UnreadableAnswer?
    /// How many bytes may be read a second time. A failed attempt is tried again one bracket further in while this
    /// lasts, then after its end: so the whole search reads each byte at most about three times.
    private var rereadAllowance: Int

    init(_ text: AnswerText) {
        self.text = text
        rereadAllowance = text.bytes.count + 4096
    }

    mutating func run() {
        var index = text.start
        while index < text.bytes.count {
            let byte = text.bytes[index]
            index = byte == Byte.openBracket || byte == Byte.openBrace ? consider(index) : index + 1
        }
    }

    /// Tries the bracket at `start` and says where to go on.
    private mutating func consider(_ start: Int) -> Int {
        let attempt = LenientParser.parse(text.bytes, at: start)
        switch attempt.result {
        case .complete(let node):
            let run = RowRun(startingWith: node, start..<attempt.end, in: text.bytes)
            let end = run.range.upperBound
            return offer(run, attempt) ? end : next(after: start, end: end)
        case .tooDeep:
            failure = failure ?? .malformed
            return lastBrackets(from: attempt.end)
        case .broken(let salvaged):
            if let salvaged, let shape = TableShape.read(salvaged, isWhole: false) {
                consider(shape, start..<attempt.end, isCutOff: true, attempt)
                return attempt.end
            }
            noteFailure(start, end: attempt.end)
            return next(after: start, end: attempt.end)
        }
    }

    /// Where to go on in a pile of opening brackets: only the last of them can belong to a table.
    private func lastBrackets(from index: Int) -> Int {
        var end = index
        while end < text.bytes.count, text.bytes[end] == Byte.openBracket || text.bytes[end] == Byte.openBrace {
            end += 1
        }
        return max(index, end - LenientParser.maximumDepth + 1)
    }

    private mutating func next(after start: Int, end: Int) -> Int {
        rereadAllowance -= end - start
        return rereadAllowance >= 0 ? start + 1 : max(end, start + 1)
    }

    private mutating func noteFailure(_ start: Int, end: Int) {
        guard isData(start) || text.beginsLine(start), looksLikeTable(start) else { return }
        failure = failure ?? (end == text.bytes.count ? .cutOff : .malformed)
    }

    /// Whether the run counts. Brackets in prose that do not may have swallowed the beginning of a table.
    private mutating func offer(_ run: RowRun, _ attempt: LenientParser.Attempt) -> Bool {
        guard let shape = run.shape else {
            failure = failure ?? .malformed
            return true
        }
        guard shape.rank == .table || isAnswer(shape, run) else { return false }
        consider(shape, run.range, isCutOff: run.isCutOff, attempt)
        return true
    }

    private mutating func consider(
        _ shape: TableShape, _ range: Range<Int>, isCutOff: Bool, _ attempt: LenientParser.Attempt
    ) {
        let candidate = TableCandidate(
            shape: shape, range: range, isFenced: isData(range.lowerBound), isCutOff: isCutOff,
            hasEllipsis: attempt.hasEllipsis)
        if shape.rank == .table { tableCount += 1 }
        if best.map(candidate.isBetter(than:)) ?? true { best = candidate }
    }

    /// Whether `index` lies in a code block of data, which something must open before it.
    private mutating func isData(_ index: Int) -> Bool {
        !text.isFirst(index) && fences.block(at: index)?.isData ?? false
    }

    /// Whether a single row or an empty value is meant as the answer. After something that began like a table and
    /// failed, it may be a scrap of that.
    private mutating func isAnswer(_ shape: TableShape, _ run: RowRun) -> Bool {
        guard failure == nil else { return false }
        if run.isRecord || isData(run.range.lowerBound) { return true }
        guard text.standsAlone(run.range) else { return false }
        return !isFootnote(shape) || text.isAll(run.range)
    }

    /// `[1]`, `[1] [2]`: references to sources.
    private func isFootnote(_ shape: TableShape) -> Bool {
        guard let rows = shape.rows, !rows.isEmpty else { return false }
        return rows.allSatisfy { row in
            if row.count == 1, case .integer = row[0] { true } else { false }
        }
    }

    private func looksLikeTable(_ start: Int) -> Bool {
        let scanner = LenientScanner(text.bytes)
        let next = scanner.endOfWhitespace(from: start + 1)
        guard next < text.bytes.count else { return true }
        if text.bytes[next] == Byte.openBracket || text.bytes[next] == Byte.openBrace { return true }
        if QuoteMark(openingAt: next, in: scanner) != nil { return true }
        return text.bytes[start] == Byte.openBrace && scanner.isBareKey(at: next)
    }
}
