import JSON
import Testing

@Suite("Texts that are not JSON")
struct GrammarRejectTests {
    static let cases: [(text: String, reason: JSONParseError.Reason, offset: Int)] = [
        // Nothing, or too little.
        ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1),
        ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), (#"{"a"#, .unexpectedEnd, 3),
        (#"{"a""#, .unexpectedEnd, 4), (#"{"a":"#, .unexpectedEnd, 5), (#"{"a":1"#, .unexpectedEnd, 6),
        (#"{"a":1,"#, .unexpectedEnd, 7), ("tru", .unexpectedEnd, 3), ("\"", .unexpectedEnd, 1),
        ("\"a\\", .unexpectedEnd, 3), ("\"\\u12", .unexpectedEnd, 5), ("\"\\ud83d", .unexpectedEnd, 7),
        ("\"\\ud83d\\", .unexpectedEnd, 8), ("\"\\ud83d\\ude", .unexpectedEnd, 11),
        // Too much.
        ("1 2", .trailingContent, 2), ("[]]", .trailingContent, 2), ("{}{}", .trailingContent, 2),
        ("null,", .trailingContent, 4), ("nullx", .trailingContent, 4), ("1\0", .trailingContent, 1),
        ("[] // end", .trailingContent, 3),
        // Literals.
        ("nul1", .invalidLiteral, 0), ("True", .expectedValue, 0), ("NULL", .expectedValue, 0),
        ("[fals]", .invalidLiteral, 1), ("NaN", .expectedValue, 0), ("nan", .invalidLiteral, 0),
        ("Infinity", .expectedValue, 0), ("undefined", .expectedValue, 0),
        // Numbers.
        ("+1", .expectedValue, 0), (".5", .expectedValue, 0), ("1.", .unexpectedEnd, 2), ("[1.]", .invalidNumber, 3),
        ("1.e1", .invalidNumber, 2), ("1e", .unexpectedEnd, 2), ("[1e]", .invalidNumber, 3),
        ("1e+", .unexpectedEnd, 3), ("1e+x", .invalidNumber, 3), ("1e1.5", .trailingContent, 3),
        ("-", .unexpectedEnd, 1), ("--1", .invalidNumber, 1), ("-a", .invalidNumber, 1), ("- 1", .invalidNumber, 1),
        ("01", .invalidNumber, 1), ("-01", .invalidNumber, 2), ("00", .invalidNumber, 1), ("0x10", .trailingContent, 1),
        ("1_000", .trailingContent, 1), ("[1 000]", .expectedCommaOrArrayEnd, 3), ("-Infinity", .invalidNumber, 1),
        ("١", .expectedValue, 0),
        // Strings.
        ("'a'", .expectedValue, 0), ("\"a\nb\"", .controlCharacterInString, 2),
        ("\"\t\"", .controlCharacterInString, 1),
        ("\"\0\"", .controlCharacterInString, 1), ("\"12345678\u{1f}\"", .controlCharacterInString, 9),
        (#""\x41""#, .invalidEscape, 1), (#""\'""#, .invalidEscape, 1), (#""a\U0041""#, .invalidEscape, 2),
        ("\"\\\n\"", .invalidEscape, 1), (#""\u12G4""#, .invalidUnicodeEscape, 1), (#""\u""#, .invalidUnicodeEscape, 1),
        (#""\u{41}""#, .invalidUnicodeEscape, 1), (#""\u+041""#, .invalidUnicodeEscape, 1),
        (#""\ud800""#, .loneSurrogate, 1), (#""\udc00""#, .loneSurrogate, 1), (#""\ud800x""#, .loneSurrogate, 1),
        (#""\ud800\n""#, .loneSurrogate, 1), (#""\ud800\ud800""#, .loneSurrogate, 1),
        (#""a\ud800\u0041""#, .loneSurrogate, 2), (#""\udc00\ud800""#, .loneSurrogate, 1),
        // Arrays.
        ("[1,]", .expectedValue, 3), ("[,1]", .expectedValue, 1), ("[1,,2]", .expectedValue, 3),
        ("[1 2]", .expectedCommaOrArrayEnd, 3), ("[1;2]", .expectedCommaOrArrayEnd, 2),
        ("[1}", .expectedCommaOrArrayEnd, 2), ("[1:2]", .expectedCommaOrArrayEnd, 2), ("]", .expectedValue, 0),
        ("(1)", .expectedValue, 0), ("[/**/]", .expectedValue, 1), ("[\u{a0}]", .expectedValue, 1),
        // Objects.
        ("{,}", .expectedKeyOrObjectEnd, 1), ("{a:1}", .expectedKeyOrObjectEnd, 1),
        ("{1:1}", .expectedKeyOrObjectEnd, 1),
        ("{'a':1}", .expectedKeyOrObjectEnd, 1), ("{null:1}", .expectedKeyOrObjectEnd, 1),
        ("{]", .expectedKeyOrObjectEnd, 1),
        (#"{"a":1,}"#, .expectedKey, 7), (#"{"a":1,b:2}"#, .expectedKey, 7), (#"{"a" 1}"#, .expectedColon, 5),
        (#"{"a"}"#, .expectedColon, 4), (#"{"a",1}"#, .expectedColon, 4), (#"{"a"=1}"#, .expectedColon, 4),
        (#"{"a":}"#, .expectedValue, 5), (#"{"a"::1}"#, .expectedValue, 5),
        (#"{"a":1 "b":2}"#, .expectedCommaOrObjectEnd, 7),
        (#"{"a":1]"#, .expectedCommaOrObjectEnd, 6), (#"{"a":1;}"#, .expectedCommaOrObjectEnd, 6),
        ("}", .expectedValue, 0),
        (#"{"a":1,,"b":2}"#, .expectedKey, 7),
        // Before the text.
        ("\u{feff}1", .byteOrderMark, 0), ("\u{feff}", .byteOrderMark, 0), ("\u{0}1", .expectedValue, 0),
    ]

    @Test("are refused with the reason and its place", arguments: cases)
    func rejects(text: String, reason: JSONParseError.Reason, offset: Int) {
        let error = #expect(throws: JSONParseError.self) { try JSONParser().parse(text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test(
        "are refused where they are not UTF-8",
        arguments: [
            ([0x22, 0x80, 0x22], 1), ([0x22, 0xC3, 0x22], 1), ([0x22, 0xC0, 0xAF, 0x22], 1),
            ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
            ([0x22, 0x61, 0x62, 0xE2, 0x82, 0x22], 3), ([0x5B, 0x31, 0x5D, 0xFF], 3), ([0xFE, 0xFF], 0),
            ([0x22, 0x5C, 0xFF, 0x22], 2), ([0x22, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0xF0, 0x9F], 9),
        ] as [([UInt8], Int)]
    )
    func rejectsEncoding(bytes: [UInt8], offset: Int) {
        let error = #expect(throws: JSONParseError.self) { try JSONParser().parse(bytes) }
        #expect(error?.reason == .invalidUTF8)
        #expect(error?.offset == offset)
    }

    @Test("are refused one level beyond the limit", arguments: [0, 1, 128, JSONParser.depthCeiling])
    func depth(limit: Int) {
        for opening in ["[", #"{"a":"#] {
            let text = String(repeating: opening, count: limit + 1)
            let error = #expect(throws: JSONParseError.self) { try JSONParser(maximumDepth: limit).parse(text) }
            #expect(error?.reason == .tooDeep)
            #expect(error?.offset == limit * opening.utf8.count)
        }
    }

    @Test("are refused without delay when a million brackets are opened")
    func bracketFlood() {
        let error = #expect(throws: JSONParseError.self) {
            try JSONParser().parse([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
        }
        #expect(error?.reason == .tooDeep)
    }
}
