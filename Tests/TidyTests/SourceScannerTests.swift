import Testing

@Suite("The scanner tells code from comments and strings")
struct SourceScannerTests {
    @Test(
        "on one line",
        arguments: [
            ("a // b", "a     ", " b"),
            ("a /* b /* c */ d */ e", "a                   e", " b  c  d "),
            (#"a("b // c")"#, "a(        )", ""),
            (#"a("b\"c")d"#, "a(      )d", ""),
            (#""\(f("x") + g)" + h"#, "   f(   ) + g   + h", ""),
            (##"#"a"b\("#c"##, "         c", ""),
            ("\"unclosed", "         ", ""),
        ])
    func oneLine(text: String, code: String, comment: String) {
        #expect(SourceScanner.lines(of: text) == [SourceLine(text: text, code: code, comment: comment)])
    }

    @Test("a multi-line string and a block comment go on over line breaks")
    func severalLines() {
        let text = "let a = \"\"\"\n  {\n  \"quoted\" }\n  \"\"\"; b\n/* c\nd */ e\n"
        let code = SourceScanner.lines(of: text).map(\.code)
        #expect(code.map { $0.filter { $0 != " " } } == ["leta=", "", "", ";b", "", "e"])
    }

    @Test("an empty string closes where it opens")
    func emptyString() {
        #expect(SourceScanner.lines(of: "a(\"\", b)").map(\.code) == ["a(  , b)"])
    }

    @Test("every line is there, with its text")
    func textIsKept() {
        let text = "one\n\n\"two\" // three\n"
        #expect(SourceScanner.lines(of: text).map(\.text) == ["one", "", "\"two\" // three"])
    }
}
