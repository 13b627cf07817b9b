import JSON
import Prompts
import Testing

/// A model's answer and what must be read from it.
struct AnswerCase: Sendable, CustomTestStringConvertible {
    let name: String
    let answer: String
    let expected: AnswerReading

    var testDescription: String { name }

    /// `table` is strict JSON.
    init(
        _ name: String, _ answer: String, table: String, message: String? = nil, notes: [AnswerNote] = []
    ) {
        self.name = name
        self.answer = answer
        expected = .read(ParsedAnswer(table: Self.rows(table), message: message, notes: notes))
    }

    init(_ name: String, _ answer: String, message: String) {
        self.name = name
        self.answer = answer
        expected = .read(ParsedAnswer(table: nil, message: message))
    }

    init(_ name: String, _ answer: String, unreadable reason: UnreadableAnswer) {
        self.name = name
        self.answer = answer
        expected = .unreadable(reason)
    }

    private static func rows(_ json: String) -> [[JSONValue]] {
        do throws(JSONParseError) {
            let rows = try JSONParser().parse(json).arrayValue ?? []
            return rows.map { $0.arrayValue ?? [] }
        } catch {
            Issue.record("the expected table is not JSON: \(json)")
            return []
        }
    }
}
