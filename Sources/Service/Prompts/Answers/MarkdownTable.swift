import JSON

/// A pipe table (GitHub Flavored Markdown, "Tables"), found among the lines of an answer.
struct MarkdownTable {
    let rows: [[JSONValue]]
    /// The last line was cut and dropped.
    let isCutOff: Bool

    /// The last table of the text that has at least one row under its header.
    static func find(in lines: [String]) -> MarkdownTable? {
        var found: MarkdownTable?
        var index = 0
        while index < lines.count {
            guard isRow(lines[index]) else {
                index += 1
                continue
            }
            let end = lines[index...].firstIndex { !isRow($0) } ?? lines.count
            if let table = read(lines[index..<end], isLast: end == lines.count) { found = table }
            index = end
        }
        return found
    }

    private static func isRow(_ line: String) -> Bool {
        line.utf8.contains(Byte.pipe)
    }

    private static func read(_ lines: ArraySlice<String>, isLast: Bool) -> MarkdownTable? {
        guard lines.count >= 2 else { return nil }
        let rule = lines[lines.startIndex + 1]
        guard isRule(rule) || lines.allSatisfy({ $0.hasPrefix("|") && $0.hasSuffix("|") }) else { return nil }
        // A bar alone is a line without cells.
        var rows = lines.filter { !isRule($0) }.map(cells).filter { !$0.isEmpty }
        guard let header = rows.first, rows.count >= 2, header.count >= 1 else { return nil }
        let wasCut = isLast && isCut(lines.last ?? "", columns: header.count)
        if wasCut { rows.removeLast() }
        return MarkdownTable(rows: rows.map { $0.map(TextCell.value) }, isCutOff: wasCut)
    }

    /// The line between header and rows: dashes with optional colons.
    private static func isRule(_ line: String) -> Bool {
        line.utf8.contains(UInt8(ascii: "-"))
            && line.utf8.allSatisfy {
                $0 == UInt8(ascii: "-") || $0 == Byte.pipe || $0 == Byte.colon || $0 == Byte.space
            }
    }

    /// A last line that neither ends nor has all its cells.
    private static func isCut(_ line: String, columns: Int) -> Bool {
        !isRule(line) && !line.hasSuffix("|") && (line.hasPrefix("|") || cells(line).count < columns)
    }

    private static func cells(_ line: String) -> [String] {
        var cells: [String] = []
        var cell: [UInt8] = []
        var isEscaped = false
        for byte in line.utf8 {
            if byte == Byte.pipe, !isEscaped {
                cells.append(plain(cell))
                cell = []
                continue
            }
            if isEscaped, byte == Byte.pipe { cell.removeLast() }
            cell.append(byte)
            isEscaped = byte == Byte.backslash && !isEscaped
        }
        if line.hasPrefix("|") { cells.removeFirst() }
        if !line.hasSuffix("|") || isEscaped { cells.append(plain(cell)) }
        return cells
    }

    /// A cell's text without the marks for bold and code around all of it.
    private static func plain(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self).trimmingBlanks()
        for mark in ["**", "`"] where text.hasPrefix(mark) && text.hasSuffix(mark) && text.count > 2 * mark.count {
            return String(text.dropFirst(mark.count).dropLast(mark.count))
        }
        return text
    }
}
