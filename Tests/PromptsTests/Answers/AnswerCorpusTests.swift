import ParserProperties
import Testing

@Suite("The answer parser, on what fuzzing has found")
struct AnswerCorpusTests {
    @Test("keeps its promises on every input")
    func corpus() throws {
        let corpus = try Corpus(of: "AnswerFuzz")
        #expect(!corpus.inputs.isEmpty)
        for input in corpus.inputs {
            #expect(throws: Never.self, "\(input.name)") { try AnswerProperties.check(input.bytes) }
        }
    }

    @Test(
        "keeps its promises on every example",
        arguments: fencedAnswers + shapedAnswers + sloppyAnswers + brokenAnswers + textAnswers)
    func examples(_ example: AnswerCase) throws {
        try AnswerProperties.check(Array(example.answer.utf8))
    }
}
