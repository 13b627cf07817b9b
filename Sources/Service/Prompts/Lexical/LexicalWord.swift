/// A word of Russian or English, lowercase, one byte a letter: Cyrillic as in code page 1251, `ё` as `е`, Latin
/// letters and digits as in ASCII, letters of other scripts as `?`. Endings are compared byte by byte.
struct LexicalWord: Hashable {
    let letters: [UInt8]

    init(letters: [UInt8]) {
        self.letters = letters
    }

    /// The words of a text in order, the first `limit` of them. Whatever is no letter and no digit separates them.
    static func words(in text: String, limit: Int = .max) -> [LexicalWord] {
        places(in: text, limit: limit).map(\.word)
    }

    /// The same with each word as it is written.
    static func places(in text: String, limit: Int = .max) -> [(text: Substring, word: LexicalWord)] {
        var words: [(text: Substring, word: LexicalWord)] = []
        words.reserveCapacity(min(limit, 16))
        var letters = room()
        let scalars = text.unicodeScalars
        var (start, index) = (scalars.startIndex, scalars.startIndex)
        while index < scalars.endIndex, words.count < limit {
            let scalar = scalars[index]
            if let letter = letter(scalar) {
                if letters.isEmpty { start = index }
                letters.append(letter)
            } else if !isMark(scalar), !letters.isEmpty {
                words.append((text[start..<index], LexicalWord(letters: letters)))
                letters = room()
            }
            scalars.formIndex(after: &index)
        }
        if !letters.isEmpty, words.count < limit { words.append((text[start...], LexicalWord(letters: letters))) }
        return words
    }

    /// For the letters of a word that few words are longer than, so that it need not grow.
    private static func room() -> [UInt8] {
        var letters: [UInt8] = []
        letters.reserveCapacity(16)
        return letters
    }

    /// The letters of a constant ending.
    static func letters(of text: String) -> [UInt8] {
        text.unicodeScalars.compactMap(letter)
    }

    /// Whether there is a Cyrillic letter in it.
    var isCyrillic: Bool { letters.contains { $0 >= 0xE0 } }

    /// Nil for what is no letter and no digit.
    private static func letter(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: UInt8(scalar.value)
        case 0x41...0x5A: UInt8(scalar.value + 0x20)
        case 0x0430...0x044F: UInt8(scalar.value - 0x0430 + 0xE0)
        case 0x0410...0x042F: UInt8(scalar.value - 0x0410 + 0xE0)
        case 0x0401, 0x0451: 0xE5
        // Quotation marks and dashes, which Unicode need not be asked about.
        case 0xAB, 0xBB, 0x2010...0x203A: nil
        default: scalar.value >= 0xAA && scalar.properties.isAlphabetic ? UInt8(ascii: "?") : nil
        }
    }

    /// Accents and soft hyphens are written inside words.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        (0x0300...0x036F).contains(scalar.value) || scalar.value == 0xAD
    }
}

extension LexicalWord: CustomStringConvertible {
    /// The word as text.
    var description: String {
        var text = String.UnicodeScalarView()
        for letter in letters {
            let value = letter >= 0xE0 ? UInt32(letter) - 0xE0 + 0x0430 : UInt32(letter)
            text.append(Unicode.Scalar(value) ?? "?")
        }
        return String(text)
    }
}
