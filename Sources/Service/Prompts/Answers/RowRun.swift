import JSON

/// A value, together with the ones of its kind that follow it with nothing between them but blanks and commas: models
/// also write one row a line, without the outer brackets.
struct RowRun {
    private(set) var range: Range<Int>
    /// Whether the last row of the run was cut and dropped.
    private(set) var isCutOff = false
    private var nodes: [LenientNode]

    private enum Kind {
        case cells, record
    }

    init(startingWith node: LenientNode, _ range: Range<Int>, in bytes: [UInt8]) {
        nodes = [node]
        self.range = range
        if let kind = Self.kind(of: node) { extend(kind, in: bytes) }
    }

    /// The run as a table. Rows that only follow each other count for less than a table in its own brackets.
    var shape: TableShape? {
        guard nodes.count > 1 else { return TableShape.read(nodes[0]) }
        guard let shape = TableShape.read(.array(nodes)), let rows = shape.rows else { return nil }
        return TableShape(rows: rows, rank: .single)
    }

    /// Whether this is an object with members, which is no accident of prose.
    var isRecord: Bool {
        if case .object(let members) = nodes[0] { !members.isEmpty } else { false }
    }

    private mutating func extend(_ kind: Kind, in bytes: [UInt8]) {
        let opener = kind == .cells ? Byte.openBracket : Byte.openBrace
        while let start = Self.next(opener, after: range.upperBound, in: bytes) {
            let attempt = LenientParser.parse(bytes, at: start)
            guard case .complete(let node) = attempt.result, Self.kind(of: node) == kind else {
                isCutOff = attempt.end == bytes.count
                return
            }
            nodes.append(node)
            range = range.lowerBound..<attempt.end
        }
    }

    private static func next(_ opener: UInt8, after end: Int, in bytes: [UInt8]) -> Int? {
        let scanner = LenientScanner(bytes)
        var index = scanner.endOfWhitespace(from: end)
        if scanner.byte(index) == Byte.comma { index = scanner.endOfWhitespace(from: index + 1) }
        return scanner.byte(index) == opener ? index : nil
    }

    /// Only values that hold scalars and nothing else make a run.
    private static func kind(of node: LenientNode) -> Kind? {
        switch node {
        case .scalar: nil
        case .array(let elements): elements.isEmpty || elements.contains(where: \.isContainer) ? nil : .cells
        case .object(let members):
            members.isEmpty || members.contains(where: \.value.isContainer) ? nil : .record
        }
    }
}
