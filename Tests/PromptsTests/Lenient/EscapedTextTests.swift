import ParserProperties
import Testing

@testable import Prompts

@Suite("The escapes of a string")
struct EscapedTextTests {
    @Test(
        "stand for what JSON says, and stay where it says nothing",
        arguments: [
            ("", ""), ("Чай", "Чай"), (#"\n\t\r\b\f"#, "\n\t\r\u{8}\u{C}"), (#"\"\\\/"#, #""\/"#),
            (#"\u0041\u0416\u20AC"#, "AЖ€"), (#"\ud83D\uDE00"#, "😀"), (#"\uD83D"#, "\u{FFFD}"),
            (#"\uDE00\uD83D"#, "\u{FFFD}\u{FFFD}"), (#"\uD83D\uD83D\uDE00"#, "\u{FFFD}😀"),
            (#"\uD83D\n"#, "\u{FFFD}\n"),
            (#"\uD83D\u"#, #"\#u{FFFD}\u"#), (#"\uD83D\u004"#, #"\#u{FFFD}\u004"#), (#"\u12g4"#, #"\u12g4"#),
            (#"\u０041"#, #"\u０041"#), (#"\u0000x"#, "\0x"), (#"C:\Dir\5"#, #"C:\Dir\5"#), (#"\Ж\😀"#, #"\Ж\😀"#),
            (#"1234567\n"#, "1234567\n"), (#"12345678\n9"#, "12345678\n9"),
            (#"ЖЖЖЖ\nЖЖЖ7\"ЖЖЖЖЖ"#, "ЖЖЖЖ\nЖЖЖ7\"ЖЖЖЖЖ"),
            ("\\", ""), ("1234567\\", "1234567"), ("a\\\0b", "ab"), (#"=A1&\"\u"#, #"=A1&"\u"#),
        ])
    func known(escaped: String, expected: String) {
        #expect(Array(Self.resolved(escaped).utf8) == Array(expected.utf8))
        #expect(Array(Reference.resolved(escaped).utf8) == Array(expected.utf8))
    }

    @Test("mean the same as when they are read one character after another", arguments: 0..<40 as Range<UInt64>)
    func sameAsReference(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let text = Self.text(&random)
            let expected = Reference.resolved(text)
            #expect(Array(Self.resolved(text).utf8) == Array(expected.utf8), "\(text)")
            // Inside a string of an array, where nothing but the mark may end it.
            guard !text.hasSuffix("\\") else { continue }
            let quoted = Array("[ \"\(text)\" ]".utf8)
            var scanner = LenientScanner(quoted, at: 2)
            #expect(scanner.string(.element).map { Array($0.utf8) } == Array(expected.utf8), "\(text)")
            #expect(scanner.position == quoted.count - 2)
        }
    }

    @Test("may be cut anywhere, even inside a character", arguments: 0..<20 as Range<UInt64>)
    func cut(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let bytes = Array(Self.text(&random).utf8)
        for end in 0...bytes.count {
            let text = String(decoding: bytes[..<end], as: UTF8.self)
            #expect(Array(Self.resolved(text).utf8) == Array(Reference.resolved(text).utf8), "\(text)")
            let open = Array("\"\(text)".utf8)
            var scanner = LenientScanner(open)
            #expect(scanner.string(.element) == nil)
            #expect(scanner.position == open.count)
        }
    }

    @Test("end where the string ends, whatever follows it")
    func part() {
        let bytes = Array(#"Ж\uD83D\uDE00\u00"41"#.utf8)
        #expect(EscapedText.resolved(bytes, in: 2..<18) == #"😀\u00"#)
        #expect(EscapedText.resolved(bytes, in: 2..<14) == "😀")
        #expect(EscapedText.resolved(bytes, in: 2..<8) == "\u{FFFD}")
    }

    private static func resolved(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return EscapedText.resolved(bytes, in: 0..<bytes.count)
    }

    /// Runs of all lengths around a word's, of characters of all lengths, between escapes right and wrong. Without a
    /// quotation mark that is not escaped.
    private static func text(_ random: inout SplitMix64) -> String {
        let escapes = [
            #"\n"#, #"\""#, #"\\"#, #"\/"#, #"\u0416"#, #"\uD83D\uDE00"#, #"\uD83D"#, #"\uDE00"#, #"\u00"#, #"\u00zz"#,
            #"\q"#, #"\Ж"#, #"\😀"#, "\\\0", "\0",
        ]
        let characters = ["a", "7", "Ж", "€", "😀", "\u{301}", "«", "}", ",", "\n"]
        var text = ""
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            text += pieces(characters, upTo: 11, &random) + pieces(escapes, upTo: 2, &random)
        }
        return text
    }

    private static func pieces(_ all: [String], upTo count: Int, _ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...count, using: &random)).map { _ in all.randomElement(using: &random) ?? "" }.joined()
    }
}

/// The same one scalar after another.
private enum Reference {
    static func resolved(_ text: String) -> String {
        var rest = Array(text.unicodeScalars)[...]
        var resolved = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                resolved.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case nil, "\0": break
            case "n": resolved.append("\n")
            case "t": resolved.append("\t")
            case "r": resolved.append("\r")
            case "b": resolved.append("\u{8}")
            case "f": resolved.append("\u{C}")
            case "u": resolved.append(contentsOf: unicode(&rest).unicodeScalars)
            case .some(let other):
                let isKept = !other.isASCII || other.properties.isAlphabetic || ("0"..."9").contains(other)
                resolved.append(contentsOf: isKept ? ["\\", other] : [other])
            }
        }
        return String(resolved)
    }

    private static func unicode(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
        guard let unit = unit(rest) else { return "\\u" }
        rest = rest.dropFirst(4)
        var units = [unit]
        if UTF16.isLeadSurrogate(unit), rest.starts(with: ["\\", "u"]), let trail = Self.unit(rest.dropFirst(2)),
            UTF16.isTrailSurrogate(trail)
        {
            rest = rest.dropFirst(6)
            units.append(trail)
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func unit(_ rest: ArraySlice<Unicode.Scalar>) -> UInt16? {
        let digits = rest.prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.properties.isHexDigit }) else { return nil }
        return UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
    }
}
