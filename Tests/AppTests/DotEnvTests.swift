import TestSupport
import Testing

@testable import App

@Suite("The .env file")
struct DotEnvTests {
    @Test(
        "A right line gives its value",
        arguments: [
            ("A=b", "b"), ("A=", ""), ("A = b ", "b"), ("  A=b", "b"), ("export A=b", "b"), ("export\tA=b", "b"),
            ("A=b c", "b c"), ("A=b # c", "b"), ("A=b#c", "b#c"), ("A=# c", ""), ("A=#c", ""), ("A=b=c", "b=c"),
            ("A=b\r", "b"),
            ("A='b # c'", "b # c"), ("A=' b '", " b "), (#"A='\n$X'"#, #"\n$X"#), ("A=''", ""), ("A='b' # c", "b"),
            (#"A="b # c""#, "b # c"), (#"A="\n\r\t\"\\\$""#, "\n\r\t\"\\$"), (#"A="$X""#, "$X"), (#"A="" "#, ""),
            ("A=$X", "$X"), ("A=${X}", "${X}"), (#"A=b\n"#, #"b\n"#), ("A=b'c'", "b'c'"), ("A=пароль", "пароль"),
        ])
    func right(line: String, value: String) {
        let parsed = DotEnv(line, name: ".env")
        #expect(parsed.faults == [])
        #expect(parsed.entries == [.init(name: "A", value: value, line: 1)])
    }

    @Test("Empty lines and comments are nothing", arguments: ["", " ", "\t", "# A=b", "  # A=b", "\r\n", "#"])
    func nothing(line: String) {
        let parsed = DotEnv(line, name: ".env")
        #expect(parsed.entries == [] && parsed.faults == [])
    }

    @Test(
        "A bad line is a fault with its number",
        arguments: [
            ("A", DotEnvLine.Fault.noEquals), ("export A", .noEquals), ("export", .noEquals), ("=b", .badName),
            ("1A=b", .badName),
            ("A-B=c", .badName), ("A B=c", .badName), ("Ä=b", .badName), ("A='b", .openQuote), ("A=\"b", .openQuote),
            (#"A="b\"#, .openQuote), (#"A="b\""#, .openQuote), (#"A="\x""#, .badEscape), ("A='b'c", .trailingText),
            (#"A="b"c"#, .trailingText), ("A=b\0", .nul),
        ])
    func bad(line: String, fault: DotEnvLine.Fault) {
        let parsed = DotEnv("X=1\n\(line)\nY=2", name: "some.env")
        #expect(parsed.faults.map(\.description) == ["some.env line 2: \(fault.rawValue)"])
        #expect(parsed.entries.map(\.name) == ["X", "Y"])
    }

    @Test("No text is too odd to be read, and each line gives one entry, one fault or nothing")
    func anyText() {
        let parts = [
            "A", "=", "'", "\"", "\\", "n", "#", " ", "\n", "\r", "\0", "export ", "\u{301}", "ы", "\u{FEFF}", "1",
        ]
        var random = SeededGenerator(seed: 7)
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                parts[Int.random(in: parts.indices, using: &random)]
            }.joined()
            let parsed = DotEnv(text, name: ".env")
            let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
            #expect(parsed.entries.count + parsed.faults.count <= lines)
        }
    }

    @Test("A name may begin with export")
    func exportInName() {
        #expect(DotEnv("exported=1", name: ".env").entries.map(\.name) == ["exported"])
    }

    @Test("A byte order mark before the first line is not a part of it")
    func byteOrderMark() {
        #expect(DotEnv("\u{FEFF}A=b", name: ".env").entries.map(\.name) == ["A"])
    }

    @Test("Windows line ends count as line ends")
    func windowsLines() {
        #expect(DotEnv("A=b\r\nC=\"d\"\r\n", name: ".env").entries.map(\.value) == ["b", "d"])
    }
}
