import API
import Domain
import JSON
import Telemetry

/// How dead letters are printed. What others wrote is shown on one line and moves no cursor.
enum DeadLetterText {
    /// A table for people, or lines of JSON. Empty when there is none.
    static func list(_ letters: [DeadLetterRecord], asJSON: Bool) -> String {
        if letters.isEmpty { return "" }
        if asJSON { return letters.map { line($0, withMessage: false) + "\n" }.joined() }
        let rows = letters.map { letter in
            [letter.place.description, letter.shortTime, letter.origin, String(letter.reason.printable.prefix(80))]
        }
        return TextTable.aligned([["PLACE", "TIME", "FROM", "REASON"]] + rows)
    }

    /// One letter with its message.
    static func page(_ letter: DeadLetterRecord, asJSON: Bool) -> String {
        if asJSON { return line(letter, withMessage: true) }
        let facts: [(String, String?)] = [
            ("place", letter.place.description), ("time", letter.time?.rfc3339), ("from", letter.origin),
            ("reason", letter.reason), ("left out", letter.bytesLeftOut.map { "\($0) bytes" }),
            ("key", letter.key.map(text)), ("value", letter.value.map(text)),
        ]
        return HelpLine.aligned(
            facts.compactMap { name, value in value.map { HelpLine(term: name, meaning: $0.printable) } }) + "\n"
    }

    private static func line(_ letter: DeadLetterRecord, withMessage: Bool) -> String {
        let bytes = JSONWriter.object { DeadLetterJSON.write(letter, withMessage: withMessage, to: &$0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? "\(bytes.count) bytes that are no text"
    }
}

extension DeadLetterRecord {
    fileprivate var origin: String {
        original.map { "\($0.topic.printable)/\($0.partition)/\($0.offset)" } ?? "?"
    }

    fileprivate var shortTime: String {
        time.map { "\($0.rfc3339.prefix(19))Z" } ?? "?"
    }

    /// Whether this is the letter that is named so.
    func lies(at place: DeadLetterPosition) -> Bool {
        switch place {
        case .letter(let place): self.place == place
        case .original(let original): self.original == original
        }
    }
}
