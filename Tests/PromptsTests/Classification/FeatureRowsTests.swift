import Testing

@testable import Prompts

@Suite("Features by number")
struct FeatureRowsTests {
    /// Also such as differ in their upper bits alone, or hardly at all.
    private static let hashes: [UInt64] =
        [0, .max, 1, 1 << 63] + (0..<2_000).map { $0 &* 0x9E37_79B9_7F4A_7C15 } + (0..<500).map { $0 << 48 }
        + (0..<500).map { $0 }

    @Test("have the numbers of their coming, each once, however many there are", arguments: [0, 10, 5_000])
    func numbers(_ capacity: Int) {
        var rows = FeatureRows(capacity: capacity)
        var known: [UInt64: Int] = [:]
        for hash in Self.hashes {
            let isNew = known[hash] == nil
            let row = known[hash] ?? known.count
            known[hash] = row
            let found = rows.add(hash)
            #expect(found.row == row && found.isNew == isNew)
        }
        #expect(rows.count == known.count)
        #expect(known.allSatisfy { rows.row(of: $0.key) == $0.value })
    }

    @Test("that have not come have none")
    func unknown() {
        var rows = FeatureRows()
        #expect(rows.row(of: 0) == nil)
        rows.add(7)
        #expect(rows.row(of: 0) == nil && rows.row(of: 7) == 0)
    }
}
