import JSON
import Prompts
import Testing

@Suite("The answer parser")
struct AnswerParserTests {
    @Test("reads fenced answers and answers in prose", arguments: fencedAnswers)
    func fenced(_ example: AnswerCase) {
        #expect(AnswerParser.parse(example.answer) == example.expected)
    }

    @Test("reads tables of every shape", arguments: shapedAnswers)
    func shaped(_ example: AnswerCase) {
        #expect(AnswerParser.parse(example.answer) == example.expected)
    }

    @Test("forgives what is nearly JSON", arguments: sloppyAnswers)
    func sloppy(_ example: AnswerCase) {
        #expect(AnswerParser.parse(example.answer) == example.expected)
    }

    @Test("keeps whole rows of broken answers", arguments: brokenAnswers)
    func broken(_ example: AnswerCase) {
        #expect(AnswerParser.parse(example.answer) == example.expected)
    }

    @Test("falls back to Markdown, delimited text and words", arguments: textAnswers)
    func text(_ example: AnswerCase) {
        #expect(AnswerParser.parse(example.answer) == example.expected)
    }

    @Test("refuses answers beyond its limit")
    func limit() {
        let answer = String(repeating: "a", count: AnswerParser.maximumBytes + 1)
        #expect(AnswerParser.parse(answer) == .unreadable(.tooLarge))
    }

    @Test("says in two languages what was amiss", arguments: [AnswerNote.cutOff, .severalTables, .rowsOmittedByModel])
    func notes(_ note: AnswerNote) {
        #expect(!note.russian.isEmpty && !note.english.isEmpty && note.russian != note.english)
    }
}
