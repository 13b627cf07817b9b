import JSON
import ParserProperties
import Prompts
import Testing

@Suite("The answer parser, whatever comes")
struct AnswerParserPropertyTests {
    private static let rows =
        #"["Имя","Город","Сумма"],["Анна, \"А\"","Омск [центр]",1.5],["Борис","{Тула}",20],["Вера",null,true]"#
    private static let objects = #"{"a":"x","b":1.5},{"a":"}","b":null},{"a":"[","b":true}"#

    static let wholeAnswers = [
        "Вот таблица:\n```json\n[\(rows)]\n```\nГотово.",
        "```json\n{\"result\": [\(rows)], \"message\": \"Готово\"}\n```",
        "```\n[\(objects)]\n```",
        "[\(rows)]",
        "[[\(rows)]]",
    ]

    @Test("keeps only whole rows of every prefix of an answer", arguments: wholeAnswers)
    func prefixes(_ answer: String) throws {
        let whole = try #require(Self.table(answer))
        #expect(whole.count == 4)
        var most = 0
        for end in answer.unicodeScalars.indices {
            guard let table = Self.table(String(answer.unicodeScalars[..<end])) else { continue }
            #expect(table.elementsEqual(whole.prefix(table.count)), "prefix: \(answer.unicodeScalars[..<end])")
            #expect(table.count >= most)
            most = table.count
        }
        #expect(most == whole.count)
    }

    @Test("says that an answer was cut wherever it was cut inside the table")
    func cutIsNoted() throws {
        let answer = "```json\n[\(Self.rows)]"
        for end in answer.unicodeScalars.indices {
            guard case .read(let parsed) = AnswerParser.parse(String(answer.unicodeScalars[..<end])),
                parsed.table != nil
            else { continue }
            #expect(parsed.notes == [.cutOff])
        }
    }

    /// What invites a parser to start over or to recurse, to be repeated.
    static let hostile: [String] = [
        "[", "{", "[[", "[1,", "[1 ", "[\"", "[\"a", "[\"a\",", "{\"a\":", "{a:", "[{\"a\":[", "(", "[(", "[[1],x",
        "[]",
        "[1] ", "[1]\n", "[1] [\"", "[[1],", "\\\"", "\"", "'", "«", "[«", "[“", "/*", "[/*", "[//", "```",
        "```json\n[", "|", "|-|\n", "a,b\n",
        ";\n",
        ",", "[,", "=(", "[=(", "[=\"", "...", "[...", "<think>", "{\"a\" ", "[\"a\"   ", "[\"a\", b ", "\\u",
        "[[[[]]]]",
    ]

    @Test("takes linear time for long runs of anything", arguments: hostile, ["", "\n[[1"])
    func linearTime(piece: String, tail: String) {
        let answer = String(repeating: piece, count: 200_000 / piece.utf8.count) + tail
        expectLinearTime(answer, piece)
    }

    @Test(
        "takes linear time when blanks lie far from what they surround",
        arguments: ["[1]\nx\n", "[1] x ", "[x ", "\"x"])
    func linearTimeAfterBlanks(_ piece: String) {
        let half = String(repeating: piece, count: 100_000 / piece.utf8.count)
        expectLinearTime(String(repeating: " ", count: 100_000) + half + "x", piece)
    }

    @Test("reads a megabyte of opening brackets at once")
    func megabyteOfBrackets() {
        let answer = String(repeating: "[", count: 1 << 20)
        let elapsed = ContinuousClock().measure { #expect(AnswerParser.parse(answer) == .unreadable(.malformed)) }
        #expect(elapsed < .seconds(5))
    }

    static let growing = [
        "[", "{", "{\"a\":", "\"", "'", "«", "`", "```\n", "|", "|-|\n", "| a | b |\n", ",", "a,b\n", "a;b\n", "[1,",
        "[\"a\",", "{\"a\":1},", "=IF(A1;\"", "\\",
    ]

    @Test("takes time that grows with the length and not with its square", arguments: growing)
    func growth(_ piece: String) {
        let times = [1, 16].map { factor in
            let answer = String(repeating: piece, count: factor * 32_768 / piece.utf8.count)
            return (0..<3).map { _ in ContinuousClock().measure { _ = AnswerParser.parse(answer) } }.min() ?? .zero
        }
        // The best of three, and five times the ratio: a quadratic parser would take 256 times as long.
        #expect(times[1] < times[0] * 80 + .milliseconds(5), "\(times)")
    }

    private func expectLinearTime(_ answer: String, _ piece: String) {
        let elapsed = ContinuousClock().measure { _ = AnswerParser.parse(answer) }
        // Debug builds are some thirty times slower than release ones; a quadratic parser
        // needs many minutes.
        #expect(elapsed < .seconds(10), "\(piece): \(elapsed)")
    }

    @Test("survives random text made of the signs it looks for", arguments: 0..<40)
    func randomText(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let signs = Array("[[[]]]{}(),:\"'«»“”\\/*#=.-0123aтn \n|`;\t\u{A0}")
        for _ in 0..<100 {
            let length = Int.random(in: 0..<80, using: &random)
            let text = String((0..<length).map { _ in signs[Int.random(in: signs.indices, using: &random)] })
            if case .read(let parsed) = AnswerParser.parse(text) {
                #expect(parsed.table != nil || parsed.message != nil)
            }
        }
    }

    private static func table(_ answer: String) -> [[JSONValue]]? {
        guard case .read(let parsed) = AnswerParser.parse(answer) else { return nil }
        return parsed.table
    }
}
