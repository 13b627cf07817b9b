/// A word whose end is being cut off, up to a bound that stays.
struct RussianEnding {
    private let letters: [UInt8]
    private let bound: Int
    /// How many of the letters are left.
    private(set) var count: Int

    private static let a = LexicalWord.letters(of: "ая")
    private static let doubleN = LexicalWord.letters(of: "нн")

    init(_ letters: [UInt8], from bound: Int) {
        self.letters = letters
        self.bound = bound
        count = letters.count
    }

    /// Removes the longest ending of the table; says whether there was one. The letter before endings that need an
    /// `а` must itself lie behind the bound.
    mutating func remove(_ table: EndingTable) -> Bool {
        guard count > 0 else { return false }
        for ending in table.endings(with: letters[count - 1]) where ends(with: ending.letters, after: bound) {
            let rest = count - ending.letters.count
            if ending.needsA, rest <= bound || !Self.a.contains(letters[rest - 1]) { continue }
            count = rest
            return true
        }
        return false
    }

    /// The same behind a later bound.
    mutating func remove(_ table: EndingTable, after laterBound: Int) {
        guard count > 0,
            let ending = table.endings(with: letters[count - 1])
                .first(where: { ends(with: $0.letters, after: max(bound, laterBound)) })
        else { return }
        count -= ending.letters.count
    }

    /// `нн` becomes `н`; says whether it was there.
    @discardableResult
    mutating func undoubleN() -> Bool {
        guard ends(with: Self.doubleN, after: bound) else { return false }
        count -= 1
        return true
    }

    private func ends(with ending: [UInt8], after bound: Int) -> Bool {
        let start = count - ending.count
        guard start >= bound else { return false }
        for index in ending.indices where letters[start + index] != ending[index] { return false }
        return true
    }
}
