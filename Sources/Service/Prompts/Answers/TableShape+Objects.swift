import JSON

extension TableShape {
    /// Reads an object: a wrapper around a table or words, a table by columns, or else one record.
    static func read(_ members: [LenientNode.Member], isWhole: Bool) -> TableShape? {
        guard !members.isEmpty else { return TableShape(rows: [], rank: .empty) }
        if let table = unwrappedTable(members, isWhole: isWhole) { return table }
        guard isWhole else { return nil }
        return unwrappedValue(members) ?? messageOnly(members) ?? columns(members) ?? record(members)
    }

    /// `{"rows": [[…]]}`, `{"сотрудники": [{…}]}`, `{"columns": […], "data": [[…]]}`: the member that holds rows.
    private static func unwrappedTable(_ members: [LenientNode.Member], isWhole: Bool) -> TableShape? {
        let holders = members.filter { AnswerKeys.headerRank($0.key) == nil && $0.value.holdsRows }
        let named = holders.filter { AnswerKeys.wrapperRank($0.key) != nil }
        let chosen = named.min { rank($0) < rank($1) } ?? holders.first ?? nestedWrapper(members)
        guard let chosen, let inner = read(chosen.value, isWhole: isWhole), inner.rank == .table else { return nil }
        var rows = inner.rows ?? []
        if chosen.value.holdsArrays, let header = header(members), rows.first != header {
            rows.insert(header, at: 0)
        }
        return TableShape(rows: rows, rank: .table, message: inner.message ?? message(members))
    }

    private static func rank(_ member: LenientNode.Member) -> Int {
        AnswerKeys.wrapperRank(member.key) ?? .max
    }

    private static func nestedWrapper(_ members: [LenientNode.Member]) -> LenientNode.Member? {
        members.first { member in
            guard case .object = member.value else { return false }
            return AnswerKeys.wrapperRank(member.key) != nil
        }
    }

    /// `{"result": [1, 2]}`, `{"result": {"Имя": "Анна"}}`, `{"result": "=SUM(A1:A9)"}`, where the other members
    /// only accompany it.
    private static func unwrappedValue(_ members: [LenientNode.Member]) -> TableShape? {
        let wrappers = members.filter { AnswerKeys.wrapperRank($0.key) != nil }
        let others = members.filter { AnswerKeys.wrapperRank($0.key) == nil }
        guard let wrapper = wrappers.first, wrappers.count == 1,
            others.allSatisfy({ AnswerKeys.isCompanion($0.key) })
        else { return nil }
        let words = message(members)
        guard case .scalar(let value) = wrapper.value else {
            guard let inner = read(wrapper.value) else { return nil }
            guard let rows = inner.rows else { return inner }
            return TableShape(rows: rows, rank: inner.rank, message: inner.message ?? words)
        }
        guard case .string(let text) = value else {
            if case .null = value { return words.map(TableShape.init(message:)) }
            return TableShape(rows: [[value]], rank: .single, message: words)
        }
        if text.hasPrefix("=") { return TableShape(rows: [[value]], rank: .single, message: words) }
        return tableInside(text) ?? TableShape(message: text)
    }

    /// A table that was put into a string.
    private static func tableInside(_ text: String) -> TableShape? {
        let bytes = Array(text.trimmingBlanks().utf8)
        guard bytes.first == Byte.openBracket || bytes.first == Byte.openBrace else { return nil }
        guard case .complete(let node) = LenientParser.parse(bytes, at: 0).result else { return nil }
        return read(node)
    }

    private static func messageOnly(_ members: [LenientNode.Member]) -> TableShape? {
        guard members.allSatisfy({ AnswerKeys.isCompanion($0.key) || AnswerKeys.isMessage($0.key) }) else {
            return nil
        }
        return message(members).map(TableShape.init(message:))
    }

    private static func message(_ members: [LenientNode.Member]) -> String? {
        for member in members where AnswerKeys.isMessage(member.key) {
            if case .scalar(.string(let text)) = member.value, !text.isEmpty { return text }
        }
        return nil
    }

    /// `{"Имя": ["Анна", "Борис"], "Возраст": [31, 25]}`: columns of one length.
    private static func columns(_ members: [LenientNode.Member]) -> TableShape? {
        var columns: [[JSONValue]] = []
        for member in members {
            guard case .array(let cells) = member.value, !cells.isEmpty,
                cells.count == columns.first?.count ?? cells.count
            else { return nil }
            columns.append(cells.map(\.cell))
        }
        guard let height = columns.first?.count else { return nil }
        let header = members.map { JSONValue.string($0.key) }
        let rows = (0..<height).map { index in columns.map { $0[index] } }
        return TableShape(rows: [header] + rows, rank: .table)
    }

    private static func record(_ members: [LenientNode.Member]) -> TableShape? {
        guard let table = table(ofObjects: [members]), let rows = table.rows else { return nil }
        return TableShape(rows: rows, rank: .single)
    }

    private static func header(_ members: [LenientNode.Member]) -> [JSONValue]? {
        let named = members.first { AnswerKeys.headerRank($0.key) != nil }
        return named?.value.columnNames
    }
}

extension LenientNode {
    /// Whether this is a list of rows.
    fileprivate var holdsRows: Bool {
        guard case .array(let elements) = self else { return false }
        return elements.contains(where: \.isContainer)
    }

    fileprivate var holdsArrays: Bool {
        guard case .array(let elements) = self, case .array = elements.first else { return false }
        return true
    }

    /// Column names as models list them: `["a", "b"]`, `[{"name": "a"}, …]`, `{"values": ["a", "b"]}`.
    fileprivate var columnNames: [JSONValue]? {
        switch self {
        case .scalar: return nil
        case .object(let members):
            return members.first { $0.key.lowercased() == "values" }?.value.columnNames
        case .array(let elements):
            let names = elements.compactMap(\.columnName)
            return names.count == elements.count && !names.isEmpty ? names : nil
        }
    }

    private var columnName: JSONValue? {
        switch self {
        case .scalar(let value): value
        case .array: nil
        case .object(let members):
            members.first { ["name", "title", "label"].contains($0.key.lowercased()) }?.value.cell
        }
    }
}
