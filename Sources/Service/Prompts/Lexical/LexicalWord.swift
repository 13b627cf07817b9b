/// A word of Russian or English, lowercase, one byte a letter: Cyrillic as in code page 1251, `ё` as `е`, Latin
/// letters and digits as in ASCII, letters of other scripts as `?`. Endings are compared byte by byte.
struct LexicalWord: Hashable {
    let letters: [UInt8]

    init(letters: [UInt8]) {
        self.letters = letters
    }

    /// The words of a text in order, the first `limit` of them. Whatever is no letter and no digit separates them.
    static func words(in text: String, limit: Int = .max) -> [LexicalWord] {
        var words: [LexicalWord] = []
        words.reserveCapacity(min(limit, usualCount))
        forEachWord(in: text, limit: limit) { word, _ in words.append(word) }
        return words
    }

    /// The same with each word as it is written.
    static func places(in text: String, limit: Int = .max) -> [(text: Substring, word: LexicalWord)] {
        var words: [(text: Substring, word: LexicalWord)] = []
        words.reserveCapacity(min(limit, usualCount))
        var (start, startOffset) = (text.startIndex, 0)
        forEachWord(in: text, limit: limit) { word, place in
            start = text.utf8.index(start, offsetBy: place.lowerBound - startOffset)
            startOffset = place.lowerBound
            words.append((text[start..<text.utf8.index(start, offsetBy: place.count)], word))
        }
        return words
    }

    private static let usualCount = 16

    /// Calls `body` with each word and with where its UTF-8 lies.
    private static func forEachWord(in text: String, limit: Int, _ body: (LexicalWord, Range<Int>) -> Void) {
        var text = text
        text.withUTF8 { bytes in
            var letters = room()
            var (index, start, count) = (0, 0, 0)
            while index < bytes.count, count < limit {
                let (scalar, length) = scalar(bytes, at: index)
                if let letter = letter(scalar) {
                    if letters.isEmpty { start = index }
                    letters.append(letter)
                } else if !isMark(scalar), !letters.isEmpty {
                    body(LexicalWord(letters: letters), start..<index)
                    count += 1
                    letters = room()
                }
                index += length
            }
            if !letters.isEmpty, count < limit { body(LexicalWord(letters: letters), start..<bytes.count) }
        }
    }

    /// The scalar that begins at a place of UTF-8 that is known to be right, and its bytes.
    @inline(__always)
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (value: UInt32, length: Int) {
        let first = UInt32(bytes[index])
        func next(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 0x3F) }
        switch first {
        case ..<0x80: return (first, 1)
        case ..<0xE0: return ((first & 0x1F) << 6 | next(1), 2)
        case ..<0xF0: return ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3)
        default: return ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
        }
    }

    /// For the letters of a word that few words are longer than, so that it need not grow.
    private static func room() -> [UInt8] {
        var letters: [UInt8] = []
        letters.reserveCapacity(16)
        return letters
    }

    /// The letters of a constant ending.
    static func letters(of text: String) -> [UInt8] {
        text.unicodeScalars.compactMap { letter($0.value) }
    }

    /// Whether there is a Cyrillic letter in it.
    var isCyrillic: Bool { letters.contains { $0 >= 0xE0 } }

    /// Nil for what is no letter and no digit.
    private static func letter(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x30...0x39, 0x61...0x7A: UInt8(scalar)
        case 0x41...0x5A: UInt8(scalar + 0x20)
        case 0x0430...0x044F: UInt8(scalar - 0x0430 + 0xE0)
        case 0x0410...0x042F: UInt8(scalar - 0x0410 + 0xE0)
        case 0x0401, 0x0451: 0xE5
        // Quotation marks and dashes, which Unicode need not be asked about.
        case 0xAB, 0xBB, 0x2010...0x203A: nil
        default: scalar >= 0xAA && isAlphabetic(scalar) ? UInt8(ascii: "?") : nil
        }
    }

    /// Accents and soft hyphens are written inside words.
    private static func isMark(_ scalar: UInt32) -> Bool {
        (0x0300...0x036F).contains(scalar) || scalar == 0xAD
    }

    private static func isAlphabetic(_ scalar: UInt32) -> Bool {
        Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false
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
