/// A word whose end is being cut off, up to a bound that stays.
struct RussianEnding {
    private(set) var letters: [UInt8]
    private let bound: Int

    private static let a = LexicalWord.letters(of: "ая")
    private static let doubleN = LexicalWord.letters(of: "нн")

    init(_ letters: [UInt8], from bound: Int) {
        self.letters = letters
        self.bound = bound
    }

    /// Removes the longest ending of the table; says whether there was one. The letter before endings that need an
    /// `а` must itself lie behind the bound.
    mutating func remove(_ table: EndingTable) -> Bool {
        guard let last = letters.last else { return false }
        for ending in table.endings(with: last) where ends(with: ending.letters, after: bound) {
            let rest = letters.count - ending.letters.count
            if ending.needsA, rest <= bound || !Self.a.contains(letters[rest - 1]) { continue }
            letters.removeLast(ending.letters.count)
            return true
        }
        return false
    }

    /// The same behind a later bound.
    mutating func remove(_ table: EndingTable, after laterBound: Int) {
        guard let last = letters.last,
            let ending = table.endings(with: last)
                .first(where: { ends(with: $0.letters, after: max(bound, laterBound)) })
        else { return }
        letters.removeLast(ending.letters.count)
    }

    /// `нн` becomes `н`; says whether it was there.
    @discardableResult
    mutating func undoubleN() -> Bool {
        guard ends(with: Self.doubleN, after: bound) else { return false }
        letters.removeLast()
        return true
    }

    private func ends(with ending: [UInt8], after bound: Int) -> Bool {
        let start = letters.count - ending.count
        guard start >= bound else { return false }
        for index in ending.indices where letters[start + index] != ending[index] { return false }
        return true
    }
}
