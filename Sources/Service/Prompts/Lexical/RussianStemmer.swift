/// Cuts Russian words down to a stem that their forms share, after the Snowball algorithm for Russian (M. Porter):
/// `столбцами`, `столбцу` → `столбц`. Knows endings, not words: takes time in proportion to the word.
enum RussianStemmer {
    /// The stem; the word itself when it is not Russian or has no vowel.
    static func stem(_ word: LexicalWord) -> LexicalWord {
        guard word.isCyrillic, let first = word.letters.firstIndex(where: isVowel) else { return word }
        var ending = RussianEnding(word.letters, from: first + 1)
        if !ending.remove(gerunds) {
            _ = ending.remove(reflexives)
            if ending.remove(adjectives) {
                _ = ending.remove(participles)
            } else if !ending.remove(verbs) {
                _ = ending.remove(nouns)
            }
        }
        _ = ending.remove(vowelI)
        ending.remove(derivations, after: secondRegion(word.letters))
        tidy(&ending)
        guard ending.count < word.letters.count else { return word }
        return LexicalWord(letters: Array(word.letters[..<ending.count]))
    }

    private static func tidy(_ ending: inout RussianEnding) {
        if ending.remove(superlatives) {
            ending.undoubleN()
        } else if !ending.undoubleN() {
            _ = ending.remove(softSign)
        }
    }

    /// а, е, и, о, у, ы, э, ю, я.
    static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case 0xE0, 0xE5, 0xE8, 0xEE, 0xF3, 0xFB, 0xFD, 0xFE, 0xFF: true
        default: false
        }
    }

    /// Where the second stretch begins that follows a consonant after a vowel.
    private static func secondRegion(_ letters: [UInt8]) -> Int {
        var index = 0
        for _ in 0..<2 {
            while index < letters.count, !isVowel(letters[index]) { index += 1 }
            while index < letters.count, isVowel(letters[index]) { index += 1 }
            index += 1
        }
        return min(index, letters.count)
    }

    private static let gerunds = EndingTable(
        afterA: "в вши вшись", anywhere: "ив ивши ившись ыв ывши ывшись")
    private static let reflexives = EndingTable(anywhere: "ся сь")
    private static let adjectives = EndingTable(
        anywhere: """
            ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею
            """)
    private static let participles = EndingTable(afterA: "ем нн вш ющ щ", anywhere: "ивш ывш ующ")
    private static let verbs = EndingTable(
        afterA: "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
        anywhere: """
            ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю
            """)
    private static let nouns = EndingTable(
        anywhere: """
            а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я
            """)
    private static let vowelI = EndingTable(anywhere: "и")
    private static let derivations = EndingTable(anywhere: "ост ость")
    private static let superlatives = EndingTable(anywhere: "ейш ейше")
    private static let softSign = EndingTable(anywhere: "ь")
}
