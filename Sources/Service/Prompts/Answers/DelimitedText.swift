import JSON

/// Lines with a separator (RFC 4180 and its kin with `;` and tabs), found among the lines of an answer.
struct DelimitedText {
    let rows: [[JSONValue]]
    /// The last line has fewer fields and was dropped.
    let isCutOff: Bool

    private static let separators: [UInt8] = [Byte.tab, UInt8(ascii: ";"), Byte.comma]

    /// The longest run of at least two lines with equally many fields. In a code block marked as CSV any separator
    /// counts (`isMarked`); elsewhere lines must look like fields and not like sentences.
    static func find(in lines: [String], isMarked: Bool) -> DelimitedText? {
        separators.lazy.compactMap { find(in: lines, separator: $0, isMarked: isMarked) }.first
    }

    private static func find(in lines: [String], separator: UInt8, isMarked: Bool) -> DelimitedText? {
        let rows = lines.map { fields($0, separator) }
        var best = 0..<0
        var start = 0
        while start < rows.count {
            let width = rows[start].count
            let end = rows[start...].firstIndex { $0.count != width } ?? rows.count
            if width > 1, end - start > best.count { best = start..<end }
            start = end
        }
        guard best.count >= 2, isMarked || best.allSatisfy({ looksLikeFields(lines[$0], rows[$0], separator) }) else {
            return nil
        }
        let isCutOff = best.upperBound == rows.count - 1 && rows[best.upperBound].count > 1
        return DelimitedText(rows: rows[best].map { $0.map(TextCell.value) }, isCutOff: isCutOff)
    }

    /// Sentences have a blank after a comma, and list items end with a semicolon.
    private static func looksLikeFields(_ line: String, _ fields: [String], _ separator: UInt8) -> Bool {
        if separator == Byte.tab { return true }
        if separator == Byte.comma, fields.count < 3 { return false }
        if line.utf8.last == separator || fields.dropFirst().contains(where: { $0.hasPrefix(" ") }) { return false }
        return true
    }

    /// Fields may stand in double quotes; a doubled quote inside stands for one.
    private static func fields(_ line: String, _ separator: UInt8) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var hasClosed = false
        for byte in line.utf8 {
            switch byte {
            case Byte.quote where isQuoted:
                isQuoted = false
                hasClosed = true
            case Byte.quote where hasClosed:
                field.append(byte)
                isQuoted = true
                hasClosed = false
            case Byte.quote where field.isEmpty:
                isQuoted = true
            case separator where !isQuoted:
                fields.append(String(decoding: field, as: UTF8.self))
                field = []
                hasClosed = false
            default:
                field.append(byte)
                hasClosed = false
            }
        }
        return fields + [String(decoding: field, as: UTF8.self)]
    }
}
