import JSON

/// A value a model wrote, read as rows of cells or as words.
struct TableShape {
    /// How much the value looks like a table, lowest first.
    enum Rank: Int, Comparable {
        case empty, single, table

        static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }

    /// More cells than this is no answer of a model: objects that share no keys make a square.
    static let maximumCells = 2_000_000

    let rows: [[JSONValue]]?
    let message: String?
    let rank: Rank

    var hasSeveralRows: Bool { (rows?.count ?? 0) > 1 }

    init(rows: [[JSONValue]], rank: Rank, message: String? = nil) {
        self.rows = rows
        self.message = message
        self.rank = rank
    }

    init(message: String) {
        rows = nil
        self.message = message
        rank = .single
    }

    /// Reads any value. One that was cut (`isWhole` false) counts only where it holds whole rows.
    static func read(_ node: LenientNode, isWhole: Bool = true) -> TableShape? {
        switch node {
        case .scalar: nil
        case .array(let elements): read(elements, isWhole: isWhole)
        case .object(let members): read(members, isWhole: isWhole)
        }
    }

    private static func read(_ elements: [LenientNode], isWhole: Bool) -> TableShape? {
        guard !elements.isEmpty else { return TableShape(rows: [], rank: .empty) }
        guard elements.contains(where: \.isContainer) else {
            return isWhole ? TableShape(rows: [elements.map(\.cell)], rank: .single) : nil
        }
        if elements.count == 1, case .array(let inner) = elements[0], !inner.isEmpty,
            inner.allSatisfy(\.isContainer)
        {
            return read(inner, isWhole: isWhole)
        }
        let objects = elements.compactMap(\.members)
        if objects.count == elements.count { return table(ofObjects: objects) }
        let rows = elements.map(\.row).filter { !$0.isEmpty }
        return TableShape(rows: rows, rank: rows.isEmpty ? .empty : .table)
    }

    /// Header and rows of objects: keys in order of first appearance, null where a key is missing.
    static func table(ofObjects objects: [[LenientNode.Member]]) -> TableShape? {
        if let rows = rowsOfSingleLists(objects) { return TableShape(rows: rows, rank: .table) }
        var columnOfKey: [String: Int] = [:]
        var header: [JSONValue] = []
        for member in objects.joined() where columnOfKey[member.key] == nil {
            columnOfKey[member.key] = header.count
            header.append(.string(member.key))
        }
        guard !header.isEmpty else { return TableShape(rows: [], rank: .empty) }
        guard header.count * objects.count <= maximumCells else { return nil }
        let rows = objects.map { members in
            members.reduce(into: [JSONValue](repeating: .null, count: header.count)) { row, member in
                if let column = columnOfKey[member.key] { row[column] = member.value.cell }
            }
        }
        return TableShape(rows: [header] + rows, rank: .table)
    }

    /// `[{"cells": [1, 2]}, {"cells": [3, 4]}]`: the objects only wrap their rows.
    private static func rowsOfSingleLists(_ objects: [[LenientNode.Member]]) -> [[JSONValue]]? {
        guard objects.count > 1, let key = objects.first?.first?.key else { return nil }
        var rows: [[JSONValue]] = []
        for members in objects {
            guard members.count == 1, members[0].key == key, case .array(let cells) = members[0].value else {
                return nil
            }
            rows.append(cells.map(\.cell))
        }
        return rows
    }
}

extension LenientNode {
    fileprivate var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    fileprivate var row: [JSONValue] {
        switch self {
        case .scalar(let value): [value]
        case .array(let elements): elements.map(\.cell)
        case .object(let members): members.map(\.value.cell)
        }
    }
}
