/// The bytes of a log line while they are put together.
struct LogLine {
    private(set) var bytes: [UInt8] = []

    init() {
        // Most lines are shorter.
        bytes.reserveCapacity(512)
    }

    /// Appends text that needs no escapes.
    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends text with JSON's escapes, which also keep a line a line: nobody's input can forge a second one.
    mutating func append(escaping text: String) {
        guard Self.mayNeedEscapes(text.utf8Span.span) else { return append(text) }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: append(String(scalar))
            }
        }
    }

    /// Whether one of these bytes may be, or begin, a character that is escaped: U+0080 to U+009F begin with 0xC2, line
    /// and paragraph separator with 0xE2.
    private static func mayNeedEscapes(_ text: borrowing Swift.Span<UInt8>) -> Bool {
        for index in text.indices {
            switch text[index] {
            case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F, 0xC2, 0xE2: return true
            default: continue
            }
        }
        return false
    }
}
