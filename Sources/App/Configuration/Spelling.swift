/// Finds the known name that a mistyped one was meant to be.
struct Spelling {
    /// Names longer than this are nobody's typing error, and cost too much to compare.
    private static let maxCount = 128

    let known: [String]

    /// The known name with the fewest differing letters, the first of equals; nil when even that one differs in
    /// more than a third of its letters.
    func nearest(to name: String) -> String? {
        guard name.utf8.count <= Self.maxCount else { return nil }
        let ranked = known.map { (name: $0, distance: Self.distance(name, $0)) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, best.name.utf8.count / 3) ? best.name : nil
    }

    /// How many letters must be put in, left out, replaced or swapped with their neighbour to get from one word
    /// to the other (optimal string alignment).
    static func distance(_ left: String, _ right: String) -> Int {
        let source = Array(left.utf8)
        let target = Array(right.utf8)
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for (row, letter) in source.enumerated() {
            var current = [row + 1]
            for (column, wanted) in target.enumerated() {
                let replaced = last[column] + (letter == wanted ? 0 : 1)
                var least = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == target[column - 1], source[row - 1] == wanted {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            (beforeLast, last) = (last, current)
        }
        return last[target.count]
    }
}
