import JSON

/// A word that stands for a value, in the spelling of any language models are fond of. JSON has no NaN and no
/// infinity: those become null.
struct LenientWord {
    let value: JSONValue
    /// In bytes.
    let length: Int

    private static let longest = 9

    /// The word that starts at `index`; nil unless all of it is one of the known ones.
    init?(at index: Int, in scanner: LenientScanner) {
        var end = index
        while end < scanner.bytes.count, end - index <= Self.longest, Self.isLetter(scanner.bytes[end]) { end += 1 }
        guard end > index else { return nil }
        let word = scanner.bytes[index..<end].map { $0 | 0x20 }
        guard let value = Self.value(of: String(decoding: word, as: UTF8.self)) else { return nil }
        guard !Self.isPartOfWord(scanner.byte(end)) else { return nil }
        self.value = value
        length = end - index
    }

    private static func value(of word: String) -> JSONValue? {
        switch word {
        case "true": .bool(true)
        case "false": .bool(false)
        case "null", "none", "nil", "nan", "undefined", "infinity", "inf": .null
        default: nil
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
