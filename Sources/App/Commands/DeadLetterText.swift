import Domain
import FoundationEssentials
import JSON
import Queue
import Telemetry

/// How dead letters are printed. What others wrote is shown on one line and moves no cursor.
enum DeadLetterText {
    /// A table for people, or lines of JSON. Empty when there is none.
    static func list(_ letters: [DeadLetterRecord], asJSON: Bool) -> String {
        if letters.isEmpty { return "" }
        if asJSON { return letters.map { line($0, withMessage: false) + "\n" }.joined() }
        let rows = letters.map { letter in
            [letter.place, letter.shortTime, letter.origin, String(letter.reason.printable.prefix(80))]
        }
        return TextTable.aligned([["PLACE", "TIME", "FROM", "REASON"]] + rows)
    }

    /// One letter with its message.
    static func page(_ letter: DeadLetterRecord, asJSON: Bool) -> String {
        if asJSON { return line(letter, withMessage: true) }
        let facts: [(String, String?)] = [
            ("place", letter.place), ("time", letter.time?.rfc3339), ("from", letter.origin),
            ("reason", letter.reason), ("left out", letter.bytesLeftOut.map { "\($0) bytes" }),
            ("key", letter.key.map(text)), ("value", letter.value.map(text)),
        ]
        return HelpLine.aligned(
            facts.compactMap { name, value in value.map { HelpLine(term: name, meaning: $0.printable) } }) + "\n"
    }

    private static func line(_ letter: DeadLetterRecord, withMessage: Bool) -> String {
        let bytes = JSONWriter.object { object in
            object.field("partition", letter.position.partition)
            object.field("offset", letter.position.offset)
            object.field("timestamp", letter.time?.rfc3339)
            object.field("original_topic", letter.original?.topic)
            object.field("original_partition", letter.original?.partition)
            object.field("original_offset", letter.original?.offset)
            object.field("error_reason", letter.reason)
            object.field("original_bytes_left_out", ifPresent: letter.bytesLeftOut)
            guard withMessage else { return }
            write(letter.key, as: "key", to: &object)
            write(letter.value, as: "value", to: &object)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ bytes: [UInt8]?, as name: String, to object: inout JSONObjectWriter) {
        let text = bytes.flatMap { String(validating: $0, as: UTF8.self) }
        object.field(name, text ?? bytes.map { Data($0).base64EncodedString() })
        if bytes != nil, text == nil { object.field("\(name)_encoding", "base64") }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? "\(bytes.count) bytes that are no text"
    }
}

extension DeadLetterRecord {
    /// Where the letter lies, as commands take it.
    var place: String { "\(position.partition)/\(position.offset)" }

    fileprivate var origin: String {
        original.map { "\($0.topic.printable)/\($0.partition)/\($0.offset)" } ?? "?"
    }

    fileprivate var shortTime: String {
        time.map { "\($0.rfc3339.prefix(19))Z" } ?? "?"
    }

    /// Whether this is the letter that is named so.
    func lies(at place: DeadLetterPosition) -> Bool {
        switch place {
        case .letter(let partition, let offset): position.partition == partition && position.offset == offset
        case .original(let original): self.original == original
        }
    }
}
