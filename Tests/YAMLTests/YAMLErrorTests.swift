import Testing
import YAML

@Suite("A YAML text is refused")
struct YAMLErrorTests {
    static let cases: [(text: String, reason: YAMLError.Reason, line: Int, column: Int)] = [
        ("", .empty, 1, 1),
        ("# only a comment\n", .empty, 2, 1),
        ("a: 1\n---\nb: 2\n", .severalDocuments, 2, 1),
        ("a: &x 1\nb: *x\n", .alias, 2, 4),
        ("&x a: 1\n*x : 2\n", .alias, 2, 1),
        ("a: !!binary aGk=\n", .tag, 1, 4),
        ("!thing {a: 1}\n", .tag, 1, 1),
        ("- !x [1]\n", .tag, 1, 3),
        ("!!str a: 1\n", .tag, 1, 1),
        ("a: 1\nb: 2\na: 3\n", .repeatedKey("a"), 3, 1),
        ("[a, b]: 1\n", .complexKey, 1, 1),
        ("? {a: 1}\n: 2\n", .complexKey, 1, 3),
    ]

    @Test("with its reason and place", arguments: cases)
    func refused(text: String, reason: YAMLError.Reason, line: Int, column: Int) {
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(text) }
        #expect(error == YAMLError(reason: reason, line: line, column: column))
    }

    @Test(
        "with libyaml's words where the syntax is wrong",
        arguments: [
            ("a: [1, 2", 2, 1), ("a: 1\n b: 2\n", 2, 3), ("a: 'x\n", 2, 1), ("a: \"\\q\"\n", 1, 5),
            ("a:\n\t- 1\n", 2, 1), ("{a: 1]]", 1, 6), ("a: @x\n", 1, 4),
        ]
    )
    func syntax(text: String, line: Int, column: Int) throws {
        let error = try #require(#expect(throws: YAMLError.self) { try YAMLParser.parse(text) })
        guard case .syntax(let problem) = error.reason else {
            Issue.record("\(error)")
            return
        }
        #expect(!problem.isEmpty)
        #expect([error.line, error.column] == [line, column])
        #expect(error.description == "line \(line), column \(column): \(problem)")
    }

    @Test(
        "where it is not UTF-8",
        arguments: [[0x61, 0x3A, 0xFF], [0xFE, 0xFF, 0x00, 0x61], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func encoding(bytes: [UInt8]) {
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(bytes) }
        guard case .syntax = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("when it is too large")
    func tooLarge() {
        let text = String(repeating: " ", count: YAMLParser.maximumSize + 1)
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(text) }
        #expect(error?.reason == .tooLarge(limit: YAMLParser.maximumSize))
    }

    @Test("when it is too deep", arguments: ["[", "{a: ", "- "])
    func tooDeep(opening: String) {
        let text = String(repeating: opening, count: YAMLParser.maximumDepth + 1)
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(text) }
        #expect(error?.reason == .tooDeep(limit: YAMLParser.maximumDepth))
    }

    @Test("or read, but never trapped on, wherever it is cut off")
    func truncation() {
        let bytes = Array(YAMLParserTests.prompt.utf8)
        for length in 0..<bytes.count {
            do throws(YAMLError) {
                _ = try YAMLParser.parse(Array(bytes[..<length]))
            } catch {
                #expect(error.line >= 1 && error.column >= 1)
            }
        }
    }
}
