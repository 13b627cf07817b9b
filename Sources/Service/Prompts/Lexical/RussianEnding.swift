/// A word whose end is being cut off, up to a bound that stays.
struct RussianEnding {
    private(set) var letters: [UInt8]
    private let bound: Int

    private static let a = LexicalWord.letters(of: "ая")
    private static let n = LexicalWord.letters(of: "н")

    init(_ letters: [UInt8], from bound: Int) {
        self.letters = letters
        self.bound = bound
    }

    /// Removes the longest ending of the table; says whether there was one. The letter before endings that need an
    /// `а` must itself lie behind the bound.
    mutating func remove(_ table: EndingTable) -> Bool {
        for ending in table.endings where ends(with: ending.letters, after: bound) {
            let rest = letters.count - ending.letters.count
            if ending.needsA, rest <= bound || !Self.a.contains(letters[rest - 1]) { continue }
            letters.removeLast(ending.letters.count)
            return true
        }
        return false
    }

    /// The same behind a later bound.
    mutating func remove(_ table: EndingTable, after laterBound: Int) {
        guard let ending = table.endings.first(where: { ends(with: $0.letters, after: max(bound, laterBound)) })
        else { return }
        letters.removeLast(ending.letters.count)
    }

    /// `нн` becomes `н`; says whether it was there.
    @discardableResult
    mutating func undoubleN() -> Bool {
        guard ends(with: Self.n + Self.n, after: bound) else { return false }
        letters.removeLast()
        return true
    }

    private func ends(with ending: [UInt8], after bound: Int) -> Bool {
        letters.count - ending.count >= bound && letters.suffix(ending.count).elementsEqual(ending)
    }
}
