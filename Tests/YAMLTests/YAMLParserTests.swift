import Testing
import YAML

@Suite("The YAML parser")
struct YAMLParserTests {
    static let prompt = """
        # A system prompt.
        prompt: |
          Ты — помощник.
            Отступ важен.
        examples:
          - request: "сумма: A1"
            response: '[["=SUM(A1:A2)"]]'
          - {request: b, response: ~}
        limit: 10
        """

    @Test("reads mappings, sequences and every style of scalar")
    func document() throws {
        let node = try YAMLParser.parse(Self.prompt)
        #expect(node.entries?.map(\.key) == ["prompt", "examples", "limit"])
        #expect(node["prompt"]?.text == "Ты — помощник.\n  Отступ важен.\n")
        let examples = try #require(node["examples"]?.elements)
        #expect(examples[0]["request"]?.text == "сумма: A1")
        #expect(examples[0]["response"]?.text == #"[["=SUM(A1:A2)"]]"#)
        #expect(examples[1]["request"]?.text == "b")
        #expect(examples[1]["response"]?.isNull == true)
        #expect(node["limit"]?.text == "10")
    }

    @Test("knows the line of every value and key")
    func lines() throws {
        let node = try YAMLParser.parse(Self.prompt)
        #expect(node.line == 2)
        #expect(node.entries?.map(\.line) == [2, 5, 9])
        #expect(node["examples"]?.line == 6)
        #expect(node["examples"]?.elements?.map(\.line) == [6, 8])
        #expect(node["examples"]?.elements?[0]["response"]?.line == 7)
    }

    @Test("tells plain scalars from quoted ones")
    func styles() throws {
        let node = try YAMLParser.parse("[null, 'null', ~, \"~\", '', x]")
        #expect(node.elements?.map(\.isNull) == [true, false, true, false, false, false])
        #expect(node.elements?.map(\.text) == [nil, "null", nil, "~", "", "x"])
        #expect(try YAMLParser.parse("true") == .scalar(YAMLScalar(text: "true", isPlain: true, line: 1)))
    }

    @Test("takes a null for a key without a value")
    func missingValue() throws {
        #expect(try YAMLParser.parse("a:\nb: 1")["a"]?.isNull == true)
    }

    @Test("gives nothing where the kind is another")
    func wrongKind() throws {
        let node = try YAMLParser.parse("a: [1]")
        #expect(node.text == nil && node.elements == nil && node["b"] == nil && !node.isNull)
        #expect(node["a"]?.entries == nil && node["a"]?["x"] == nil)
        #expect(
            [node.kindName, node["a"]?.kindName, node["a"]?.elements?[0].kindName] == ["mapping", "sequence", "scalar"])
    }

    @Test("accepts JSON, a byte order mark, and document markers around one document")
    func variants() throws {
        #expect(try YAMLParser.parse(#"{"a": [1, "b"]}"#)["a"]?.elements?.map(\.text) == ["1", "b"])
        #expect(try YAMLParser.parse("\u{feff}a: 1")["a"]?.text == "1")
        #expect(try YAMLParser.parse("---\na: 1\n...\n")["a"]?.text == "1")
        #expect(try YAMLParser.parse("a: 1\r\nb: 2\r\n")["b"]?.text == "2")
    }

    @Test("reads up to the depth and size limits")
    func limits() throws {
        let depth = YAMLParser.maximumDepth
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(throws: Never.self) { try YAMLParser.parse(nested) }
        let large = "a: " + String(repeating: "x", count: YAMLParser.maximumSize - 3)
        #expect(try YAMLParser.parse(large)["a"]?.text?.utf8.count == YAMLParser.maximumSize - 3)
    }
}
