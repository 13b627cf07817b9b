import JSON
import TestSupport

/// What one submission asks for. It is made of its number, so that the checker can tell from a stored job which
/// submission it stands for and what it has to contain.
struct Payload: Sendable {
    let number: Int
    let query: String
    let category: String?
    let inputRange: String?
    let data: JSONValue?
    let priority: Int

    /// The payload of that number; the same for the same seed.
    init(_ number: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed ^ (UInt64(number) &* 0x9E37_79B9))
        self.number = number
        query = "\(Self.mark)\(number): посчитай \(UInt32.random(in: 0 ... .max, using: &random))"
        // Without a category the model is asked twice, so there are two moments to be interrupted in.
        category = Bool.random(using: &random) ? ["analysis", "search"].randomElement(using: &random) : nil
        inputRange = Bool.random(using: &random) ? "A1:C9" : nil
        priority = Int.random(in: 0...10, using: &random)
        let rows = [0, 0, 2, 9, 60].randomElement(using: &random) ?? 0
        let cells = (0..<rows).map { row -> JSONValue in
            .array([
                .integer(row), .string("строка \(row) «№ \(number)»"), .integer(.random(in: 0...99, using: &random)),
            ])
        }
        data = cells.isEmpty ? nil : .array(cells)
    }

    private static let mark = "chaos "

    /// The number of the submission that has this query; nil when none of ours has.
    static func number(of query: String) -> Int? {
        guard query.hasPrefix(mark) else { return nil }
        return Int(query.dropFirst(mark.count).prefix { $0 != ":" })
    }

    /// The body of `POST /api/ai/process`.
    var request: String {
        JSONValue.object(JSONObject([("query_text", .string(query))] + fields)).description
    }

    /// The value of a message on the requests topic.
    func message(id: String) -> [UInt8] {
        JSONValue.object(JSONObject([("id", .string(id)), ("query", .string(query))] + fields)).serialized()
    }

    private var fields: [(String, JSONValue)] {
        [
            ("category", category.map(JSONValue.string) ?? .null),
            ("input_range", inputRange.map(JSONValue.string) ?? .null), ("input_data", data ?? .null),
            ("priority", .integer(priority)),
        ]
    }
}
