import JSON

/// One row of cells as one line of a prompt: a JSON array in which no cell can end the line or the block around it.
/// JSON escapes line ends and quotes already; on top of that `<` (so that no tag can be written) and the characters
/// that are invisible, reverse the reading order or end lines for some readers (U+2028 and the like) are escaped.
/// All of these can occur only inside strings, so the line stays well-formed JSON.
enum DataLine {
    static func line(_ cells: [JSONValue]) -> String {
        escaped(
            JSONWriter.array(capacity: 16 * cells.count + 2) { line in
                for cell in cells { line.element(cell) }
            })
    }

    /// A text as a JSON string under the same rule.
    static func quoted(_ text: String) -> String {
        escaped(JSONValue.string(text).serialized())
    }

    /// Whether a text has nothing that would be escaped for what it could do to the lines around it.
    static func isPlain(_ text: String) -> Bool {
        !text.unicodeScalars.contains { mustHide($0) || $0.value < 0x20 }
    }

    private static func escaped(_ json: [UInt8]) -> String {
        // Right UTF-8, since it was written from strings and ASCII.
        let text = String(copying: UTF8Span(unchecked: json.span))
        guard json.contains(where: { $0 == UInt8(ascii: "<") || $0 >= 0xC2 && !(0xD0...0xD1).contains($0) }) else {
            return text
        }
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if mustHide(scalar) {
                for unit in UTF16.encode(scalar) ?? .init() { line.append(contentsOf: escape(unit).unicodeScalars) }
            } else {
                line.append(scalar)
            }
        }
        return String(line)
    }

    private static func mustHide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3C, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
