/// Finds the name that somebody may have meant.
enum ClosestName {
    /// Longer names are not compared: the work grows with the product of both lengths.
    private static let maximumLength = 128

    /// The nearest of `names`, when it is no further than half of the name away. The first of several.
    static func of(_ name: String, among names: [String]) -> String? {
        guard name.count <= maximumLength else { return nil }
        let wanted = Array(name.lowercased())
        let ranked = names.filter { $0.count <= maximumLength }.map { candidate in
            (name: candidate, distance: distance(wanted, Array(candidate.lowercased())))
        }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance * 2 <= max(wanted.count, best.name.count) ? best.name : nil
    }

    /// Letters to insert, remove or replace.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (letter == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
