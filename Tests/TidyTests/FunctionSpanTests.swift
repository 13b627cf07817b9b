import Testing

@Suite("Functions are found by their braces")
struct FunctionSpanTests {
    @Test("a requirement of a protocol has no body")
    func requirement() {
        #expect(spans("protocol P {\n  func f() async throws\n  func g()\n}\nstruct S {\n}").isEmpty)
    }

    @Test("default arguments and closures in the head are not the body")
    func head() {
        let text = "func f(\n  a: () -> Void = { },\n  b: [Int]\n)\n  -> Int\nwhere A: B {\n  1\n}"
        #expect(spans(text) == [FunctionSpan(firstLine: 1, lineCount: 8)])
    }

    @Test("an initialiser that is called is no declaration")
    func calls() {
        #expect(spans("self.init(a) { }\nlet b = B.init { }").isEmpty)
    }

    @Test("a stored property has no body, a computed one has")
    func properties() {
        let text = "var a: Int\nvar b = { 1 }()\nvar c: Int {\n  1\n}"
        #expect(spans(text) == [FunctionSpan(firstLine: 3, lineCount: 3)])
    }

    @Test("a function inside another counts on its own too")
    func nested() {
        let text = "func a() {\n  func b() {\n  }\n}"
        #expect(spans(text) == [FunctionSpan(firstLine: 1, lineCount: 4), FunctionSpan(firstLine: 2, lineCount: 2)])
    }

    @Test("an operator's name may hold an equals sign")
    func operators() {
        #expect(spans("static func == (a: A, b: A) -> Bool {\n  true\n}").map(\.lineCount) == [3])
    }

    private func spans(_ text: String) -> [FunctionSpan] {
        FunctionSpan.all(in: SourceScanner.lines(of: text))
    }
}
