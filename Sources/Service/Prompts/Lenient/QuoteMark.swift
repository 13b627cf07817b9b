/// A quotation mark at some place, and what may close the string it opens.
struct QuoteMark {
    enum Kind {
        case straight, apostrophe, curly, low, single, angle
    }

    let kind: Kind
    /// In bytes of UTF-8.
    let length: Int

    /// The mark that starts at `index`, if one does.
    init?(openingAt index: Int, in scanner: LenientScanner) {
        switch scanner.byte(index) {
        case Byte.quote: self.init(kind: .straight, length: 1)
        case Byte.apostrophe: self.init(kind: .apostrophe, length: 1)
        case 0xC2 where scanner.has("«", at: index): self.init(kind: .angle, length: 2)
        case 0xE2:
            if scanner.has("“", at: index) || scanner.has("”", at: index) {
                self.init(kind: .curly, length: 3)
            } else if scanner.has("„", at: index) {
                self.init(kind: .low, length: 3)
            } else if scanner.has("‘", at: index) || scanner.has("’", at: index) {
                self.init(kind: .single, length: 3)
            } else {
                return nil
            }
        default: return nil
        }
    }

    private init(kind: Kind, length: Int) {
        self.kind = kind
        self.length = length
    }

    /// Finds what can begin an escape or a mark that closes the string.
    var scan: ByteScan {
        switch kind {
        case .straight: ByteScan(Byte.backslash, Byte.quote)
        case .apostrophe: ByteScan(Byte.backslash, Byte.apostrophe)
        case .angle: ByteScan(Byte.backslash, 0xC2)
        case .single: ByteScan(Byte.backslash, Byte.apostrophe, 0xE2)
        case .curly, .low: ByteScan(Byte.backslash, Byte.quote, 0xE2)
        }
    }

    /// The length in bytes of a mark at `index` that can close this one, or nil.
    func closingLength(at index: Int, in scanner: LenientScanner) -> Int? {
        let byte = scanner.byte(index)
        switch kind {
        case .straight: return byte == Byte.quote ? 1 : nil
        case .apostrophe: return byte == Byte.apostrophe ? 1 : nil
        case .angle: return scanner.has("»", at: index) ? 2 : nil
        case .single:
            if byte == Byte.apostrophe { return 1 }
            return scanner.has("’", at: index) || scanner.has("‘", at: index) ? 3 : nil
        case .curly, .low:
            if byte == Byte.quote { return 1 }
            return scanner.has("”", at: index) || scanner.has("“", at: index) ? 3 : nil
        }
    }
}
