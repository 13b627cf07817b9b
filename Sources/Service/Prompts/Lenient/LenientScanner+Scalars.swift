import JSON

extension LenientScanner {
    private static let longestKey = 128

    /// Reads a value without quotes: a known word, a formula, a number, or text that starts with a digit (`10 %`,
    /// `007`, `12.03.2024`), which stays text. Nil for a bare word, which is prose.
    mutating func bareScalar() -> JSONValue? {
        if let number = plainInteger() { return number }
        if let word = LenientWord(at: signSkipped(position), in: self) {
            position = signSkipped(position) + word.length
            return word.value
        }
        if byte(position) == Byte.equals { return formula() }
        guard startsNumber(at: position) else { return nil }
        let start = position
        while !isAtEnd, !endsBareText(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self).trimmingBlanks()
        return Self.number(text) ?? .string(text)
    }

    /// Reads a number in its most frequent form: a whole one that surely fits and that the value's end follows.
    private mutating func plainInteger() -> JSONValue? {
        let isNegative = byte(position) == UInt8(ascii: "-")
        let first = isNegative ? position + 1 : position
        var (end, magnitude) = (first, 0)
        while end - first < Self.safeDigits, Self.digits.contains(byte(end)) {
            magnitude = magnitude * 10 + Int(bytes[end] - UInt8(ascii: "0"))
            end += 1
        }
        guard end == first + 1 || end > first && bytes[first] != UInt8(ascii: "0") else { return nil }
        switch byte(end) {
        case Byte.comma, Byte.closeBracket, Byte.closeBrace:
            position = end
            return .integer(isNegative ? -magnitude : magnitude)
        default: return nil
        }
    }

    /// As many digits fit `Int` whatever they are.
    private static let safeDigits = 18
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    /// `-Infinity` is the one word with a sign.
    private func signSkipped(_ index: Int) -> Int {
        byte(index) == UInt8(ascii: "-") && (byte(index + 1) | 0x20) == UInt8(ascii: "i") ? index + 1 : index
    }

    private func startsNumber(at index: Int) -> Bool {
        switch byte(index) {
        case Self.digits: return true
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return Self.digits.contains(byte(index + 1)) || byte(index + 1) == UInt8(ascii: ".")
        default: return false
        }
    }

    private func endsBareText(_ byte: UInt8) -> Bool {
        switch byte {
        case Byte.comma, Byte.closeBracket, Byte.closeBrace, Byte.closeParenthesis, Byte.newline,
            Byte.openBracket, Byte.openBrace, Byte.quote, Byte.backtick:
            true
        case UInt8(ascii: "/"): has("//", at: position) || has("/*", at: position)
        default: false
        }
    }

    /// The number a text is, mended where only its form is wrong: `+5`, `.5`, `5.`. Leading zeros make a code, not
    /// a number.
    static func number(_ text: String) -> JSONValue? {
        if let whole = JSONDecimal(text: text) {
            return Int(text).map(JSONValue.integer) ?? .decimal(whole)
        }
        var mended = text.hasPrefix("+") ? String(text.dropFirst()) : text
        if mended.hasPrefix(".") { mended = "0" + mended }
        if mended.hasPrefix("-.") { mended = "-0" + mended.dropFirst() }
        if mended.hasSuffix(".") { mended.removeLast() }
        guard mended != text, let number = JSONDecimal(text: mended) else { return nil }
        return Int(mended).map(JSONValue.integer) ?? .decimal(number)
    }

    /// `=SUM(A1,B2)` without quotes: commas and brackets inside parentheses and strings belong to the formula.
    private mutating func formula() -> JSONValue? {
        let start = position
        var depth = 0
        var isInString = false
        while !isAtEnd, bytes[position] != Byte.newline {
            let byte = bytes[position]
            if byte == Byte.quote { isInString.toggle() }
            if !isInString {
                if depth == 0, endsBareText(byte), byte != Byte.closeParenthesis { break }
                if byte == Byte.openParenthesis { depth += 1 }
                if byte == Byte.closeParenthesis { depth -= 1 }
                if depth < 0 { break }
            }
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self).trimmingBlanks()
        return text.utf8.count > 1 ? .string(text) : nil
    }

    /// Whether a key without quotes and its colon stand at `index`.
    func isBareKey(at index: Int) -> Bool {
        endOfBareKey(from: index) != nil
    }

    /// Reads a key without quotes, up to its colon.
    mutating func bareKey() -> String? {
        guard let end = endOfBareKey(from: position) else { return nil }
        let key = String(decoding: bytes[position..<end], as: UTF8.self).trimmingBlanks()
        position = end
        return key
    }

    private func endOfBareKey(from start: Int) -> Int? {
        var end = start
        while end < bytes.count, end - start <= Self.longestKey, isKeyByte(bytes[end]) { end += 1 }
        return end > start && byte(end) == Byte.colon ? end : nil
    }

    private func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "$"), Byte.space, 0x80...:
            true
        default: false
        }
    }
}
