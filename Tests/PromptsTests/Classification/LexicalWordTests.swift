import Testing

@testable import Prompts

@Suite("Words of a text")
struct LexicalWordTests {
    @Test("are letters and digits of any script, lowercase, with accents left out of them")
    func words() {
        let text = "«Ёлка», Café\u{301} №7 — от\u{AD}чёт, 表𝒳𐐨 x2🙂y; naïve"
        let words = LexicalWord.words(in: text).map(\.description)
        #expect(words == ["елка", "caf?", "7", "отчет", "???", "x2", "y", "na?ve"])
    }

    @Test("stand beside what they are in the text, with its accents")
    func places() {
        let text = "Сумма\u{301}  по столбцу «B» 🙂 итог"
        let places = LexicalWord.places(in: text)
        #expect(places.map { String($0.text) } == ["Сумма\u{301}", "по", "столбцу", "B", "итог"])
        #expect(places.map(\.word) == LexicalWord.words(in: text))
        #expect(places.allSatisfy { text[$0.text.startIndex..<$0.text.endIndex] == $0.text })
    }

    @Test("are the first so many", arguments: [(0, 0), (1, 1), (3, 3), (4, 3)])
    func limit(_ limit: Int, _ count: Int) {
        #expect(LexicalWord.words(in: "раз два три", limit: limit).count == count)
        #expect(LexicalWord.places(in: "раз два три", limit: limit).count == count)
    }

    @Test("of a text without letters are none", arguments: ["", " ", "—«» \u{301}\u{AD}", "🙂"])
    func none(_ text: String) {
        #expect(LexicalWord.words(in: text).isEmpty)
    }

    /// Of one byte to four, with what stands beside the letters of each script.
    private static let scalars: [Unicode.Scalar] = [
        " ", "a", "Z", "0", "@", "[", "\u{7F}", "\u{80}", "ª", "«", "\u{AD}", "é", "\u{301}", "\u{345}", "Ё", "я", "ѐ",
        "ߊ",
        "\u{2010}", "‚", "ⁱ", "表", "\u{FFFD}", "🙂", "𐐨", "\u{10FFFF}",
    ]

    @Test("are as long as Unicode's letters are many, whatever stands beside what", arguments: scalars)
    func anyText(_ first: Unicode.Scalar) {
        for second in Self.scalars {
            for third in Self.scalars {
                let scalars = [first, second, third, "x", first]
                let text = String(String.UnicodeScalarView(scalars))
                #expect(LexicalWord.words(in: text).map(\.letters.count) == Self.lengths(scalars), "\(scalars)")
            }
        }
    }

    private static func lengths(_ scalars: [Unicode.Scalar]) -> [Int] {
        var lengths = [0]
        for scalar in scalars {
            if scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value) {
                lengths[lengths.count - 1] += 1
            } else if !(0x300...0x36F).contains(scalar.value), scalar.value != 0xAD {
                lengths.append(0)
            }
        }
        return lengths.filter { $0 > 0 }
    }
}
