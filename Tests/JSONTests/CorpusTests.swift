import JSON
import ParserProperties
import Testing

@Suite("The texts that fuzzing has kept")
struct CorpusTests {
    @Test("break no promise of the parser and the writer")
    func kept() throws {
        let corpus = try Corpus(of: "JSONFuzz")
        #expect(corpus.inputs.count > 50)
        for input in corpus.inputs {
            #expect(throws: Never.self, "\(input.name)") { try JSONProperties.check(input.bytes) }
        }
    }
}
