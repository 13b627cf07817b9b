import JSON
import Testing

@Suite("A parse error")
struct ParseErrorTests {
    @Test(
        "names line and column",
        arguments: [
            ("[1\n,\n x]", "line 3, column 2: expected a value"),
            ("{\n  \"a\": [1, 2\n}", "line 3, column 1: expected ',' or ']'"),
            ("[\"Привет😀\" 1]", "line 1, column 12: expected ',' or ']'"),
            ("[1,\r\n\r\n2", "line 3, column 2: unexpected end of text"),
            ("", "line 1, column 1: unexpected end of text"),
            ("\n\n", "line 3, column 1: unexpected end of text"),
            ("\u{feff}{}", "line 1, column 1: byte order mark before the text"),
        ]
    )
    func position(text: String, description: String) {
        let error = #expect(throws: JSONParseError.self) { try JSONParser().parse(text) }
        #expect(error?.description == description)
    }

    @Test("says each reason in its own words")
    func reasons() {
        let texts = JSONParseError.Reason.allCases.map(\.rawValue)
        #expect(Set(texts).count == texts.count)
        #expect(texts.allSatisfy { !$0.isEmpty })
    }
}
