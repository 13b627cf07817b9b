import Testing

/// The forms in which models answer, and the examples that show the parser at each of them.
@Suite("The examples of answers")
struct AnswerChecklistTests {
    static let all = fencedAnswers + shapedAnswers + sloppyAnswers + brokenAnswers + textAnswers

    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        let examples: [String]
        var testDescription: String { name }

        init(_ name: String, _ examples: String...) {
            self.name = name
            self.examples = examples
        }
    }

    static let forms = [
        Form("good: strict JSON alone", "bare array of arrays", "pretty-printed", "cells keep their types"),
        Form("fenced", "fence with json", "fence without a language", "fence in one line", "open fence"),
        Form(
            "chatty: prose before and after", "prose before", "prose after", "prose before and after the fence",
            "emoji and bold label"),
        Form("stray brackets in prose", "stray bracket before", "stray brackets on both sides", "stray braces"),
        Form("array of arrays", "bare array of arrays", "rows of different lengths"),
        Form("flat array", "flat array is one row", "flat array after a label", "flat array of one number"),
        Form("array of objects", "array of objects", "objects with different keys"),
        Form("single object", "single object", "single object, fenced and chatty"),
        Form("rows wrapper", "rows", "columns beside rows", "empty rows in a wrapper"),
        Form("result wrapper", "result", "message beside the table", "wrapped flat array"),
        Form("nested", "wrapper in a wrapper", "needless brackets", "nested cell"),
        Form("trailing commas", "trailing commas", "trailing comma in an object"),
        Form("single quotes", "single quotes", "apostrophe in single quotes"),
        Form("wrong quotes", "curly quotes", "low and curly quotes", "guillemets", "inner quotes"),
        Form("NaN", "NaN and infinity", "NaN in an object, fenced"),
        Form("cut off", "cut in a row", "cut in a fence", "cut between objects", "cut in a wrapper"),
        Form("Markdown table", "Markdown table", "Markdown table without outer bars", "Markdown table in CRLF"),
        Form("CSV", "CSV in a fence", "CSV with semicolons", "CSV after prose"),
        Form(
            "two tables", "several tables: the last one is the result", "several tables: the code block wins",
            "program text around data loses to data"),
        Form(
            "formula with quotes and semicolons", "formula with quotes and semicolons",
            "formula with quotes and semicolons, in CSV", "formula with quotes that are not escaped"),
        Form("formulas", "formulas are text", "lone formula", "formula without quotes", "wrapped formula"),
        Form("plain text", "words", "words in a fence", "wrapped words"),
        Form("nothing to read", "cells without quotes", "empty", "cut in the first row"),
    ]

    @Test("show every form that a model may give its answer, at least twice", arguments: forms)
    func covered(_ form: Form) {
        let names = Set(Self.all.map(\.name))
        #expect(form.examples.count >= 2)
        for example in form.examples { #expect(names.contains(example), "there is no example \"\(example)\"") }
    }

    @Test("are at least 80, each with a name of its own")
    func count() {
        #expect(Self.all.count >= 80)
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
        #expect(Set(Self.all.map(\.answer)).count == Self.all.count)
    }
}
