import JSON
import Testing

@Suite("The writer")
struct JSONWriterTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("writes fields of every kind in order, with commas between them")
    func fields() {
        let json = JSONWriter.object {
            $0.field("s", "ok")
            $0.field("i", 3)
            $0.field("d", 1.5)
            $0.field("b", true)
            $0.field("none", String?.none)
            $0.field("some", Int?.some(1))
            $0.null("null")
            $0.field("tree", ["a": [1, .null]] as JSONValue)
            $0.field("list", [[1, 2], [3]])
            $0.field("absent", ifPresent: Int?.none)
            $0.field("present", ifPresent: Int?.some(2))
        }
        #expect(
            text(json)
                == #"{"s":"ok","i":3,"d":1.5,"b":true,"none":null,"some":1,"null":null,"tree":{"a":[1,null]},"#
                + #""list":[[1,2],[3]],"present":2}"#
        )
    }

    @Test("nests objects and arrays")
    func nesting() {
        let json = JSONWriter.array {
            $0.element(1)
            $0.array { $0.null() }
            $0.object {
                $0.object("o") { _ in }
                $0.array("a") {
                    for index in 0..<3 { $0.element(index) }
                }
                $0.field("end", "x")
            }
        }
        #expect(text(json) == #"[1,[null],{"o":{},"a":[0,1,2],"end":"x"}]"#)
    }

    @Test("writes types that know how to write themselves")
    func custom() {
        struct Point: JSONWritable {
            let x: Int
            func write(to writer: inout JSONWriter) {
                writer.object { $0.field("x", x) }
            }
        }
        #expect(
            text(JSONWriter.object { $0.field("points", [Point(x: 1), Point(x: 2)]) })
                == #"{"points":[{"x":1},{"x":2}]}"#)
    }

    @Test("escapes are the same at every place of a text, beside any characters, and in a long one")
    func escapePlaces() {
        let special = ["\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{8}", "\u{7F}", "я", "\u{80}", "\u{2028}", "😀"]
        for filling in ["a", "я", "€", "!", "#", "\u{A2}", "\u{DC}", "\""] {
            for before in 0...17 {
                for character in special {
                    for after in [0, 1, 7, 8, 9] {
                        let (head, tail) = (
                            String(repeating: filling, count: before), String(repeating: filling, count: after)
                        )
                        let text = head + character + tail
                        #expect(JSONValue.string(text).serialized() == Self.slowly(text))
                    }
                }
            }
        }
        let long = String(repeating: special.joined() + "0123456789", count: 5000)
        #expect(JSONValue.string(long).serialized() == Self.slowly(long))
        for count in 1000...1040 {
            let text = "\n" + String(repeating: "x", count: count) + String(repeating: "\u{1}", count: 40)
            #expect(JSONValue.string(text).serialized() == Self.slowly(text))
        }
    }

    /// Byte by byte, by RFC 8259.
    private static func slowly(_ text: String) -> [UInt8] {
        let short: [UInt8: Character] = [
            8: "b", 9: "t", 10: "n", 12: "f", 13: "r", UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\",
        ]
        let hex = Array("0123456789abcdef".utf8)
        var bytes = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            if let letter = short[byte] {
                bytes += "\\\(letter)".utf8
            } else if byte < 0x20 {
                bytes += "\\u00".utf8
                bytes += [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return bytes + [UInt8(ascii: "\"")]
    }

    @Test("escapes quotes, backslashes and control characters, and nothing else")
    func escapes() throws {
        let all =
            String(String.UnicodeScalarView((0..<0x80).compactMap { Unicode.Scalar($0 as UInt32) })) + "é€😀\u{2028}"
        let bytes = JSONValue.string(all).serialized()
        #expect(try JSONParser().parse(bytes) == .string(all))
        #expect(text(bytes).hasSuffix("~\u{7f}é€😀\u{2028}\""))
        #expect(
            JSONValue.string("/\"\\\u{8}\t\n\u{c}\r\u{0}\u{f}\u{1f}").description
                == #""/\"\\\b\t\n\f\r\u0000\u000f\u001f""#)
        #expect(text(JSONWriter.object { $0.field("a\"b", 1) }) == #"{"a\"b":1}"#)
    }

    @Test(
        "writes doubles in the shortest form that stays a double",
        arguments: [
            (1, "1.0"), (-0.0, "-0.0"), (0.1, "0.1"), (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"),
            (.nan, "null"),
            (.infinity, "null"),
        ] as [(Double, String)]
    )
    func doubles(double: Double, expected: String) {
        #expect(text(JSONWriter.array { $0.element(double) }) == "[\(expected)]")
    }

    @Test("writes integers to the last digit", arguments: [0, 7, 10, -1, 1_234_567, .max, .min])
    func integers(integer: Int) {
        #expect(JSONValue.integer(integer).description == String(integer))
        #expect(text(JSONWriter.array { $0.element(Int64(integer)) }) == "[\(integer)]")
    }
}
