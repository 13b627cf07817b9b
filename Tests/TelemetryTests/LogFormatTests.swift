import Foundation
import Testing

@testable import Telemetry

@Suite("Log lines")
struct LogFormatTests {
    private static let noon = WallTime(microseconds: 1_778_328_000_000_000)

    private func line(_ format: LogFormat, _ message: String, _ fields: [(String, Logger.Value)] = []) -> String {
        String(decoding: format.line(.info, message, fields, at: Self.noon), as: UTF8.self)
    }

    @Test("a line for collectors is an object with the fields in their order")
    func json() {
        let fields: [(String, Logger.Value)] = [
            ("text", "a b"), ("count", .integer(-7)), ("share", .number(0.5)), ("none", .number(.nan)),
        ]
        #expect(
            line(.json, "job completed", fields) == #"{"time":"2026-05-09T12:00:00.000000Z","level":"info","#
                + #""message":"job completed","text":"a b","count":-7,"share":0.5,"none":null}"# + "\n")
    }

    @Test("a line for people has its fields behind the message, in quotes where they have spaces")
    func text() {
        let fields: [(String, Logger.Value)] = [("id", "7"), ("reason", "no \"slot\""), ("seconds", .number(1.5))]
        #expect(
            line(.text, "job failed", fields)
                == "2026-05-09T12:00:00.000000Z INFO    job failed id=7 reason=\"no \\\"slot\\\"\" seconds=1.5\n")
    }

    @Test(
        "what could end a line or a string is escaped wherever it comes from, and nothing else",
        arguments: [LogFormat.json, .text])
    func escapes(_ format: LogFormat) throws {
        let escaped = [
            ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\r", #"\r"#), ("\t", #"\t"#), ("\u{0}", #"\u0000"#),
            ("\u{1B}", #"\u001b"#), ("\u{7F}", #"\u007f"#), ("\u{80}", #"\u0080"#), ("\u{9F}", #"\u009f"#),
            ("\u{85}", #"\u0085"#), ("\u{2028}", #"\u2028"#), ("\u{2029}", #"\u2029"#),
        ]
        for (raw, text) in escaped {
            for (before, after) in [("", ""), ("Привет", "мир"), ("0123456", "€"), ("«", "»"), ("—", "😀")] {
                let line = line(format, "m", [(before + raw + after, "v"), ("k", .text(before + raw + after))])
                #expect(line.filter { $0 == "\n" }.count == 1 && line.hasSuffix("\n"))
                #expect(line.contains(before + text + after))
            }
        }
        let plain = "Привет, «мир» — ½ €\u{A0}😀 /path?q=1&x={}[]'"
        #expect(line(format, plain).contains(plain))
        let object = try JSONSerialization.jsonObject(with: Data(line(.json, escaped.map(\.0).joined()).utf8))
        #expect((object as? [String: Any])?["message"] as? String == escaped.map(\.0).joined())
    }
}
