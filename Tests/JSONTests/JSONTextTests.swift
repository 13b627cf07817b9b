import JSON
import Testing

@Suite("JSON text that is handed on")
struct JSONTextTests {
    @Test("white space between tokens goes, everything in strings stays, also behind escapes")
    func compacting() {
        let text = #" [ "a b" , "\" [ 1 , 2\\" ,  { "к л" : -1.50e+3 , "" : null } , [ ] , "\\\" " ] "# + "\t\r\n"
        let compact = #"["a b","\" [ 1 , 2\\",{"к л":-1.50e+3,"":null},[],"\\\" "]"#
        #expect(JSONText(compacting: Array(text.utf8).span).bytes == Array(compact.utf8))
    }

    @Test("compacting any written value with blanks put in gives the value as it is written")
    func random() throws {
        for seed in 0..<300 {
            var random = RandomJSON(seed: seed)
            let value = random.value(depth: 3)
            let text = JSONText(value)
            #expect(JSONText(compacting: text.bytes.span).bytes == text.bytes)
            #expect(try text.value().serialized() == text.bytes)
            #expect(JSONText(compacting: spaced(text.bytes).span).bytes == text.bytes)
        }
    }

    @Test("a large text keeps no more than a quarter of spare room, however it was made")
    func spareRoom() {
        var hadSpareRoom = false
        // Some of these sizes lie where a buffer that doubles has just grown.
        for count in stride(from: 4_500, through: 13_500, by: 1_000) {
            let value = JSONValue.array((0..<count).map { .integer(1_000_000 + $0) })
            let written = value.serialized()
            hadSpareRoom = hadSpareRoom || written.capacity > written.count + written.count / 4
            for text in [JSONText(value), JSONText(compacting: spaced(written).span)] {
                #expect(text.bytes == written)
                #expect(text.bytes.capacity <= text.bytes.count + text.bytes.count / 4)
            }
        }
        #expect(hadSpareRoom)
    }

    @Test("what nests deeper than is read is not readable, brackets in strings aside")
    func depth() {
        let (open, close) = (String(repeating: "[", count: 128), String(repeating: "]", count: 128))
        #expect(
            JSONText(readable: Array((open + #""[[{""# + close).utf8).span)?.description == open + #""[[{""# + close)
        #expect(JSONText(readable: Array(("[" + open + close + "]").utf8).span) == nil)
        #expect(JSONText(readable: Array(#"[{"a":[1]},{"a":[1]}]"#.utf8).span) != nil)
    }

    /// With blanks around each token, of which only those outside strings are to go.
    private func spaced(_ text: [UInt8]) -> [UInt8] {
        var (spaced, isString, isEscaped): ([UInt8], Bool, Bool) = ([], false, false)
        for byte in text {
            let isMark = !isString && "[]{},:".utf8.contains(byte)
            if isMark { spaced.append(0x20) }
            spaced.append(byte)
            if isMark { spaced.append(0x0A) }
            if byte == UInt8(ascii: "\""), !isEscaped { isString.toggle() }
            isEscaped = isString && byte == UInt8(ascii: "\\") && !isEscaped
        }
        return spaced
    }

    @Test("what is cut off ends where the text ends", arguments: ["\"", "[\"a\\", "[\"a", "[1, ", ""])
    func cutOff(text: String) {
        let compact = JSONText(compacting: Array(text.utf8).span).bytes
        #expect(compact == Array(text.utf8.filter { $0 != 0x20 }))
    }

    @Test("equal is what says the same, however it is written; what is no JSON equals only itself")
    func equality() {
        let compact = JSONText([1, "A"])
        #expect(compact == [1, "A"])
        #expect(compact != [1, "B"])
        let broken = JSONText(compacting: Array("[1".utf8).span)
        #expect(broken == broken)
        #expect(broken != compact)
    }
}
