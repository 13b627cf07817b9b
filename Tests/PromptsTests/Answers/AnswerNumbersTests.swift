import JSON
import Testing

@testable import Prompts

@Suite("Numbers in an answer")
struct AnswerNumbersTests {
    @Test(
        "are whole where they are written so and fit, else what they were before they were read",
        arguments: [
            ("0", .integer(0)), ("-0", .integer(0)), ("7", .integer(7)), ("-12", .integer(-12)),
            ("999999999999999999", .integer(999_999_999_999_999_999)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .decimal("9223372036854775808")),
            ("007", .string("007")), ("00", .string("00")), ("-01", .string("-01")), ("1.50", .decimal("1.50")),
            ("12 руб", .string("12 руб")), ("12.03.2024", .string("12.03.2024")), ("+5", .integer(5)),
            ("5 ", .integer(5)), ("1e2", .decimal("1e2")), ("10%", .string("10%")),
        ] as [(String, Cell)])
    func numbers(text: String, cell: Cell) throws {
        let value = try cell.value
        #expect(
            AnswerParser.parse("[[\"a\", \(text)], [\(text), \"b\"]]") == .read(table([["a", value], [value, "b"]])))
        #expect(AnswerParser.parse("[{\"a\": \(text)}]") == .read(table([["a"], [value]])))
    }

    private func table(_ rows: [[JSONValue]]) -> ParsedAnswer { ParsedAnswer(table: rows) }

    enum Cell: Sendable {
        case integer(Int)
        case decimal(String)
        case string(String)

        var value: JSONValue {
            get throws {
                switch self {
                case .integer(let integer): .integer(integer)
                case .decimal(let text): .decimal(try #require(JSONDecimal(text: text)))
                case .string(let text): .string(text)
                }
            }
        }
    }
}
