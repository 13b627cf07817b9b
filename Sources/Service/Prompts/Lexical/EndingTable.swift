/// Endings that one step of the stemmer removes.
struct EndingTable: Sendable {
    struct Ending: Sendable {
        let letters: [UInt8]
        /// Only after `а` or `я`, which stay.
        let needsA: Bool
    }

    /// By their last letter, longest first.
    private let endings: [[Ending]]

    /// Endings as words with blanks between them.
    init(afterA: String = "", anywhere: String) {
        let read = { (text: String, needsA: Bool) in
            text.split(separator: " ").map { Ending(letters: LexicalWord.letters(of: String($0)), needsA: needsA) }
        }
        let sorted = (read(afterA, true) + read(anywhere, false)).sorted { $0.letters.count > $1.letters.count }
        endings = (UInt8.min...UInt8.max).map { letter in sorted.filter { $0.letters.last == letter } }
    }

    /// Those that a word with this last letter may have, longest first.
    func endings(with last: UInt8) -> [Ending] { endings[Int(last)] }
}
