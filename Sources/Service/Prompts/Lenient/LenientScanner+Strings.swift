extension LenientScanner {
    /// Where a string stands, which says what may follow it.
    enum StringPlace {
        case element, key, memberValue
    }

    /// Reads a string if a quotation mark of any kind starts here. Nil when none does, or when the text ends inside
    /// the string; then the position is the end.
    mutating func string(_ place: StringPlace) -> String? {
        guard let mark = QuoteMark(openingAt: position, in: self) else { return nil }
        position += mark.length
        var text: [UInt8] = []
        var runStart = position
        let scan = mark.scan
        while true {
            position = scan.first(in: bytes, from: position)
            guard !isAtEnd else { return nil }
            if bytes[position] == Byte.backslash {
                text += bytes[runStart..<position]
                appendEscape(to: &text)
                runStart = position
            } else if let length = mark.closingLength(at: position, in: self) {
                let end = position
                position += length
                guard closesString(place) else { continue }
                guard !text.isEmpty else { return String(decoding: bytes[runStart..<end], as: UTF8.self) }
                text += bytes[runStart..<end]
                return String(decoding: text, as: UTF8.self)
            } else {
                position += 1
            }
        }
    }

    /// Whether the mark just passed ends the string. Models leave inner quotes unescaped (`"ООО "Ромашка""`), so a
    /// mark closes only where the text goes on as JSON does. In well-formed JSON that is every unescaped mark.
    private func closesString(_ place: StringPlace) -> Bool {
        let next = endOfWhitespace(from: position)
        guard next < bytes.count else { return true }
        switch bytes[next] {
        case Byte.closeBracket, Byte.closeBrace: return true
        case Byte.closeParenthesis: return place == .element
        case Byte.colon: return place == .key
        case Byte.comma: return goesOn(afterCommaAt: next, place)
        case UInt8(ascii: "/"): return has("//", at: next) || has("/*", at: next)
        default: return hasNewline(position..<next) && startsContainerOrString(at: next)
        }
    }

    private func goesOn(afterCommaAt comma: Int, _ place: StringPlace) -> Bool {
        let next = endOfWhitespace(from: comma + 1)
        guard next < bytes.count else { return true }
        if startsContainerOrString(at: next) || has("...", at: next) || has("…", at: next) { return true }
        switch bytes[next] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            Byte.comma, Byte.closeBracket, Byte.closeBrace, Byte.closeParenthesis, Byte.equals, Byte.hash:
            return true
        case UInt8(ascii: "/"):
            return has("//", at: next) || has("/*", at: next)
        default:
            return place == .memberValue ? isBareKey(at: next) : LenientWord(at: next, in: self) != nil
        }
    }

    private func startsContainerOrString(at index: Int) -> Bool {
        switch bytes[index] {
        case Byte.openBracket, Byte.openBrace, Byte.openParenthesis: true
        default: QuoteMark(openingAt: index, in: self) != nil
        }
    }

    private func hasNewline(_ range: Range<Int>) -> Bool {
        bytes[range].contains(Byte.newline)
    }

    /// The text with every escape resolved, as if all of it stood inside a string.
    static func unescaped(_ bytes: [UInt8]) -> String {
        var scanner = LenientScanner(bytes)
        var text: [UInt8] = []
        while !scanner.isAtEnd {
            if bytes[scanner.position] == Byte.backslash {
                scanner.appendEscape(to: &text)
            } else {
                text.append(bytes[scanner.position])
                scanner.position += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func appendEscape(to text: inout [UInt8]) {
        let escaped = byte(position + 1)
        position = min(position + 2, bytes.count)
        switch escaped {
        case UInt8(ascii: "n"): text.append(Byte.newline)
        case UInt8(ascii: "t"): text.append(Byte.tab)
        case UInt8(ascii: "r"): text.append(Byte.carriageReturn)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"): appendUnicodeEscape(to: &text)
        case 0: break
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
            // Not an escape of JSON: a Windows path or a formula that was not escaped.
            text.append(Byte.backslash)
            text.append(escaped)
        default: text.append(escaped)
        }
    }

    private mutating func appendUnicodeEscape(to text: inout [UInt8]) {
        guard let unit = hexUnit(at: position) else {
            text += [Byte.backslash, UInt8(ascii: "u")]
            return
        }
        position += 4
        var units = [unit]
        if UTF16.isLeadSurrogate(unit), has("\\u", at: position), let trail = hexUnit(at: position + 2),
            UTF16.isTrailSurrogate(trail)
        {
            position += 6
            units.append(trail)
        }
        text += String(decoding: units, as: UTF16.self).utf8
    }

    private func hexUnit(at index: Int) -> UInt16? {
        guard index + 4 <= bytes.count else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
