import JSON
import Prompts

/// What must hold for every text that a model may answer with.
public enum AnswerProperties {
    /// Throws when the answer parser breaks a promise on this text. Bytes that are no UTF-8 are replaced.
    public static func check(_ bytes: [UInt8]) throws(Violation) {
        let text = String(decoding: bytes, as: UTF8.self)
        let reading = AnswerParser.parse(text)
        try Violation.unless(AnswerParser.parse(text) == reading, "a text was read in two ways")
        guard case .read(let answer) = reading else { return }
        try Violation.unless(answer.table != nil || answer.message?.isEmpty == false, "nothing was read")
        guard let table = answer.table else { return }
        try Violation.unless(table.allSatisfy { $0.allSatisfy(isScalar) }, "a cell is no scalar")
        try checkRoundTrip(table)
    }

    /// A table that is written down as strict JSON is read back as it is. Rows may have different lengths, as the
    /// model wrote them; none is empty.
    private static func checkRoundTrip(_ table: [[JSONValue]]) throws(Violation) {
        guard !table.isEmpty else { return }
        try Violation.unless(!table.contains(where: \.isEmpty), "a row without cells")
        let written = JSONValue.array(table.map(JSONValue.array)).description
        guard case .read(let again) = AnswerParser.parse(written) else {
            throw Violation(description: "a strict table was not read")
        }
        try Violation.unless(again.table == table, "a strict table was changed by reading")
        try Violation.unless(again.notes.isEmpty, "a strict table was read with notes")
    }

    private static func isScalar(_ cell: JSONValue) -> Bool {
        switch cell {
        case .array, .object: false
        case .null, .bool, .integer, .decimal, .string: true
        }
    }
}
