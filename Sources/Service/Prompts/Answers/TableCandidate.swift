/// A JSON value found in an answer, as a table, and what speaks for its being the answer.
struct TableCandidate {
    let shape: TableShape
    /// Its bytes in the answer.
    let range: Range<Int>
    let isFenced: Bool
    let isCutOff: Bool
    let hasEllipsis: Bool

    /// Whether to prefer this one to `other`, which stands before it. Full tables beat single rows, those beat empty
    /// ones; code blocks beat prose; tables of several rows beat examples of one; of equals the last is the result.
    func isBetter(than other: TableCandidate) -> Bool {
        if shape.rank != other.shape.rank { return shape.rank > other.shape.rank }
        if isFenced != other.isFenced { return isFenced }
        if shape.hasSeveralRows != other.shape.hasSeveralRows { return shape.hasSeveralRows }
        return true
    }
}
