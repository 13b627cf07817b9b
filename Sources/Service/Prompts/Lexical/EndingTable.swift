/// Endings that one step of the stemmer removes, longest first.
struct EndingTable: Sendable {
    struct Ending: Sendable {
        let letters: [UInt8]
        /// Only after `а` or `я`, which stay.
        let needsA: Bool
    }

    let endings: [Ending]

    /// Endings as words with blanks between them.
    init(afterA: String = "", anywhere: String) {
        let read = { (text: String, needsA: Bool) in
            text.split(separator: " ").map { Ending(letters: LexicalWord.letters(of: String($0)), needsA: needsA) }
        }
        endings = (read(afterA, true) + read(anywhere, false)).sorted { $0.letters.count > $1.letters.count }
    }
}
