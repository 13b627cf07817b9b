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
        let start = position
        let scan = mark.scan
        var hasEscapes = false
        while true {
            position = scan.first(in: bytes, from: position)
            guard !isAtEnd else { return nil }
            if bytes[position] == Byte.backslash {
                // What follows the next character of a longer escape is nothing that could close the string.
                position = min(position + 2, bytes.count)
                hasEscapes = true
            } else if let length = mark.closingLength(at: position, in: self) {
                let content = start..<position
                position += length
                guard closesString(place) else { continue }
                return hasEscapes ? EscapedText.resolved(bytes, in: content) : text(content)
            } else {
                position += 1
            }
        }
    }

    /// Bytes between whole characters as they are. They came from a text, so they need no check.
    private func text(_ range: Range<Int>) -> String {
        String(copying: UTF8Span(unchecked: bytes.span.extracting(range)))
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
}
