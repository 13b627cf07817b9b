import Testing

@testable import Prompts

@Suite("Blanks at the ends of a text")
struct TrimmingTests {
    @Test(
        "are taken away, and what a mark of Unicode joins to a blank with it",
        arguments: [
            ("", ""), (" ", ""), ("a", "a"), ("я", "я"), (" a b ", "a b"), ("\n Чай\r\n", "Чай"), ("ё\u{A0}", "ё"),
            ("\u{2003}я", "я"), ("a \u{301}", "a"), ("a\u{301}", "a\u{301}"), ("«Чай»", "«Чай»"),
            ("и\u{306} ", "и\u{306}"),
            ("\u{600}a", "\u{600}a"), ("Чай\u{202F}", "Чай"), ("\u{B}x\u{85}", "x"), ("🙂 ", "🙂"), ("\u{7F}", "\u{7F}"),
        ])
    func trimmed(text: String, expected: String) {
        #expect(Array(text.trimmingBlanks().utf8) == Array(expected.utf8))
        #expect(Array("[\(text)]".dropFirst().dropLast().trimmingBlanks().utf8) == Array(expected.utf8))
    }
}
