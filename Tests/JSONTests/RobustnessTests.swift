import JSON
import ParserProperties
import Testing

@Suite("Whatever the bytes, the parser")
struct RobustnessTests {
    static let document =
        #"{"text":"Привет \"мир\" \ud83d\ude00","list":[1,-2.50e+3,true,false,null,[],{}],"o":{"a":"b"}}"#

    @Test("refuses every cut-off document, at its end or where the cut made it wrong")
    func truncation() {
        let bytes = Array(Self.document.utf8)
        #expect(throws: Never.self) { try JSONParser().parse(bytes) }
        for length in 0..<bytes.count {
            let error = #expect(throws: JSONParseError.self) { try JSONParser().parse(bytes[..<length]) }
            // A cut inside a letter of several bytes is seen as an encoding fault first.
            let reasons: [JSONParseError.Reason] = [.unexpectedEnd, .invalidUTF8]
            #expect(error.map { reasons.contains($0.reason) && $0.offset <= length } == true, "cut at \(length)")
        }
    }

    @Test("answers random bytes with a value or an error inside the text")
    func randomBytes() {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            expectBoundedError(bytes)
        }
    }

    @Test("answers documents with altered bytes with a value or an error inside the text")
    func alteredDocuments() {
        var generator = SplitMix64(seed: 2)
        let alphabet = Array("{}[]:,\"\\u0eE+-.tfn \n".utf8) + [0x00, 0x80, 0xD0, 0xF0, 0xFF]
        for _ in 0..<20_000 {
            var bytes = Array(Self.document.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                guard let byte = alphabet.randomElement(using: &generator) else { continue }
                let place = Int.random(in: bytes.indices, using: &generator)
                if Bool.random(using: &generator) { bytes[place] = byte } else { bytes.insert(byte, at: place) }
            }
            expectBoundedError(bytes)
        }
    }

    @Test("takes time in proportion to the size for texts that invite more")
    func hostileTexts() throws {
        let count = 200_000
        let keys = (0..<count).map { "\"\($0)\":\($0)" }.joined(separator: ",")
        #expect(try JSONParser().parse("{\(keys)}").objectValue?.count == count)
        let sameKeys = Array(repeating: #""key":1"#, count: count).joined(separator: ",")
        #expect(try JSONParser().parse("{\(sameKeys)}").objectValue?.count == 1)
        let escapes = String(repeating: "\\n", count: count)
        #expect(try JSONParser().parse("\"\(escapes)\"").stringValue?.utf8.count == count)
        let digits = String(repeating: "9", count: count)
        #expect(try JSONParser().parse(digits).description == digits)
    }

    private func expectBoundedError(_ bytes: [UInt8]) {
        do throws(JSONParseError) {
            let value = try JSONParser().parse(bytes)
            #expect(throws: Never.self) { try JSONParser().parse(value.serialized()) }
        } catch {
            #expect((0...bytes.count).contains(error.offset))
            #expect(error.line >= 1 && error.column >= 1)
        }
    }
}
