import Testing

/// One line of the conformance table: some bytes, and what the RFC (or our stricter reading of it) makes of them.
struct Row: Sendable, CustomTestStringConvertible {
    enum Expected: Sendable {
        /// Refused with this status under this rule; the row's section is the rule's.
        case refuse(Int, String)
        /// Accepted, with at least these properties in the head's summary.
        case accept([String])
    }

    let id: String
    let section: String
    let bytes: [UInt8]
    let expected: Expected

    /// Every character of `text` below U+0100 stands for one byte.
    init(_ id: String, _ section: String, _ text: String, _ expected: Expected) {
        self.id = id
        self.section = section
        self.bytes = octets(text)
        self.expected = expected
    }

    var testDescription: String { "\(id) (\(section))" }
}

extension Row.Expected {
    static func accept(_ properties: String...) -> Row.Expected { .accept(properties) }
}

func octets(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}

/// A GET with exactly these field lines.
func head(_ lines: String...) -> String {
    (["GET / HTTP/1.1"] + lines).map { $0 + "\r\n" }.joined() + "\r\n"
}

/// A POST to `a` with these field lines besides `Host`.
func post(_ lines: String...) -> String {
    (["POST / HTTP/1.1", "Host: a"] + lines).map { $0 + "\r\n" }.joined() + "\r\n"
}

/// This request line, with a good header section.
func line(_ line: String) -> String {
    line + "\r\nHost: a\r\n\r\n"
}
