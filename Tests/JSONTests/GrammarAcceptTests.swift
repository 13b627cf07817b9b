import JSON
import Testing

@Suite("Texts that are JSON")
struct GrammarAcceptTests {
    static let cases: [(text: String, value: JSONValue)] = [
        // Literals and white space.
        ("null", .null), ("true", true), ("false", false),
        (" \t\r\n null \t\r\n ", .null),
        // Integers.
        ("0", 0), ("7", 7), ("-1", -1), ("1234567890", 1_234_567_890),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        // Numbers that an Int does not hold.
        ("-0", decimal("-0")), ("0.0", decimal("0.0")), ("0.10", decimal("0.10")), ("-0.5", decimal("-0.5")),
        ("1e2", decimal("1e2")), ("1E2", decimal("1E2")), ("1e+2", decimal("1e+2")), ("1e-2", decimal("1e-2")),
        ("1e02", decimal("1e02")), ("0e0", decimal("0e0")), ("12.340e-5", decimal("12.340e-5")),
        ("9223372036854775808", decimal("9223372036854775808")),
        ("-9223372036854775809", decimal("-9223372036854775809")),
        ("12345678901234567890", decimal("12345678901234567890")),
        ("99999999999999999999", decimal("99999999999999999999")),
        ("1e9999", decimal("1e9999")),
        // Strings.
        (#""""#, ""), (#""a""#, "a"), (#"" ""#, " "), (#""{[,:]}""#, "{[,:]}"), (#""'""#, "'"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\u0000""#, "\0"), (#""\u001f""#, "\u{1f}"),
        (#""\ud83d\ude00""#, "😀"), (#""\uD800\uDC00""#, "\u{10000}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
        (#""\ud7ff\ue000\uffff""#, "\u{d7ff}\u{e000}\u{ffff}"),
        ("\"\u{7f}\u{2028}\u{feff}\"", "\u{7f}\u{2028}\u{feff}"),
        ("\"Привет, мир\"", "Привет, мир"), ("\"日本語😀\"", "日本語😀"),
        (#""before \n between \u0416 after""#, "before \n between Ж after"),
        (#""exactly8""#, "exactly8"), (#""seven77\t""#, "seven77\t"), (#""a sixteen bytes!""#, "a sixteen bytes!"),
        (#""\\u0041""#, "\\u0041"), (#""//""#, "//"), (#""/*""#, "/*"),
        // Arrays.
        ("[]", []), ("[ ]", []), ("[[]]", [[]]), ("[null]", [.null]), ("[1,2]", [1, 2]), ("[ 1 , 2 ]", [1, 2]),
        (#"[[1,"a"],[true,null],[]]"#, [[1, "a"], [true, .null], []]),
        ("[-1,0.5,1e1]", [-1, .decimal(number("0.5")), .decimal(number("1e1"))]),
        // Objects.
        ("{}", [:]), ("{ }", [:]), (#"{"":0}"#, ["": 0]), (#"{ "a" : 1 , "b" : [] }"#, ["a": 1, "b": []]),
        (#"{"a":{"b":{"c":{}}}}"#, ["a": ["b": ["c": [:]]]]),
        (#"{"\u0061":1}"#, ["a": 1]), (#"{"a":1,"b":2,"a":3}"#, ["a": 3, "b": 2]),
        (#"[{},{"a":null}]"#, [[:], ["a": .null]]),
    ]

    @Test("are read as the value they stand for", arguments: cases)
    func accepts(text: String, value: JSONValue) throws {
        #expect(try JSONParser().parse(text) == value)
    }

    @Test("are read the same from every kind of bytes")
    func sources() throws {
        let bytes = Array(#"xx{"a":[1]}"#.utf8)
        let value: JSONValue = ["a": [1]]
        let parser = JSONParser()
        #expect(try parser.parse(Array(bytes[2...])) == value)
        #expect(try parser.parse(bytes[2...]) == value)
        #expect(try bytes.withUnsafeBytes { try parser.parse(UnsafeRawBufferPointer(rebasing: $0[2...])) } == value)
    }

    @Test("may nest as deep as the limit", arguments: [0, 1, 2, 128, JSONParser.depthCeiling])
    func depth(limit: Int) throws {
        let parser = JSONParser(maximumDepth: limit)
        let arrays =
            String(repeating: "[", count: limit) + (limit == 0 ? "1" : "") + String(repeating: "]", count: limit)
        #expect(try parser.parse(arrays).description == arrays)
        let objects = String(repeating: #"{"a":"#, count: limit) + "1" + String(repeating: "}", count: limit)
        #expect(try parser.parse(objects).description == objects)
    }

    @Test("may have any number of neighbours at the deepest level")
    func depthIsNotConsumed() throws {
        let text = "[" + Array(repeating: "[]", count: 1000).joined(separator: ",") + "]"
        #expect(try JSONParser(maximumDepth: 2).parse(text).arrayValue?.count == 1000)
    }
}
