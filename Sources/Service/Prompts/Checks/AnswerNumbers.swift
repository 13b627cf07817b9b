import JSON

/// Finds in an answer the numbers whose meaning is plain from the words beside and above them.
struct AnswerNumbers {
    struct Found {
        let value: AggregateRequest.Value
        let number: CheckedNumber
        /// The group as the answer writes it.
        let group: String?
    }

    private let request: AggregateRequest
    private let table: CheckedTable
    private let firstColumn: Int

    init(_ request: AggregateRequest, _ table: CheckedTable, firstColumn: Int) {
        self.request = request
        self.table = table
        self.firstColumn = firstColumn
    }

    /// Whether there is a number in a table at all: an answer of nothing but words needs no further look.
    static func isAny(in rows: [[JSONValue]]) -> Bool {
        rows.contains { $0.contains { CheckedNumber($0) != nil } }
    }

    /// The numbers of a table, in order; none that stands there twice.
    func numbers(_ rows: [[JSONValue]]) -> [Found] {
        let header = rows.count > 1 ? rows.first.flatMap(Self.texts) : nil
        let found = rows.dropFirst(header == nil ? 0 : 1).flatMap { row in
            row.indices.compactMap { column in number(row, column, header) }
        }
        let counts = Dictionary(grouping: found, by: \.value).mapValues(\.count)
        return found.filter { counts[$0.value] == 1 }
    }

    /// The number of a sentence that has just one.
    func numbers(_ message: String) -> [Found] {
        guard request.groupColumn == nil, message.utf8.count <= 500 else { return [] }
        let isPart = { (character: Character) in
            ("0"..."9").contains(character) || " \u{A0}\u{202F},.-\u{2212}".contains(character)
        }
        guard let first = message.firstIndex(where: { ("0"..."9").contains($0) }),
            let last = message.lastIndex(where: { ("0"..."9").contains($0) }), message[first...last].allSatisfy(isPart)
        else { return [] }
        let before = message[..<first]
        let sign = before.hasSuffix("-") || before.hasSuffix("\u{2212}") ? "-" : ""
        guard let number = CheckedNumber(text: sign + message[first...last]),
            let value = value(before + " " + message[message.index(after: last)...], group: nil)
        else { return [] }
        return [Found(value: value, number: number, group: nil)]
    }

    private func number(_ row: [JSONValue], _ column: Int, _ header: [String]?) -> Found? {
        guard let number = CheckedNumber(row[column]) else { return nil }
        let texts = row.compactMap { cell -> String? in
            if case .string(let text) = cell, CheckedNumber(text: text) == nil { text } else { nil }
        }
        let title = header.map { column < $0.count ? $0[column] : "" }
        guard request.groupColumn != nil else {
            return value((texts + [title ?? ""]).joined(separator: "; "), group: nil).map {
                Found(value: $0, number: number, group: nil)
            }
        }
        guard texts.count == 1, title != nil || row.count == 2,
            let value = value(title ?? "", group: CheckedTable.key(texts[0]))
        else { return nil }
        return Found(value: value, number: number, group: texts[0].trimmingBlanks())
    }

    /// What a number under these words must be; nil when they leave a doubt.
    private func value(_ label: some StringProtocol, group: String?) -> AggregateRequest.Value? {
        guard let phrase = CheckPhrase(String(label), table.names, firstColumn: firstColumn), !phrase.meansRows,
            phrase.aggregates.count <= 1, phrase.columns.count <= 1
        else { return nil }
        guard let aggregate = phrase.aggregates.first ?? Self.only(request.aggregates),
            request.aggregates.contains(aggregate), aggregate != .count || phrase.columns.isEmpty
        else { return nil }
        guard !request.columns.isEmpty else {
            guard phrase.columns.isEmpty else { return nil }
            return AggregateRequest.Value(aggregate: aggregate, column: nil, group: group)
        }
        guard let column = phrase.columns.first ?? Self.only(request.columns), request.columns.contains(column) else {
            return nil
        }
        return AggregateRequest.Value(aggregate: aggregate, column: column, group: group)
    }

    private static func only<Element>(_ set: Set<Element>) -> Element? { set.count == 1 ? set.first : nil }

    /// The cells of a row that has nothing but words.
    private static func texts(_ row: [JSONValue]) -> [String]? {
        var texts: [String] = []
        for cell in row {
            switch cell {
            case .string(let text) where CheckedNumber(text: text) == nil && !text.hasPrefix("="): texts.append(text)
            case .null: texts.append("")
            default: return nil
            }
        }
        return texts
    }
}
