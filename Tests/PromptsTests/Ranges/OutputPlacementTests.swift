import JSON
import Prompts
import Testing

@Suite("The place of a result")
struct OutputPlacementTests {
    private func rows(_ rows: Int, _ columns: Int) -> [[JSONValue]] {
        Array(repeating: Array(repeating: 1, count: columns), count: rows)
    }

    private func place(
        _ result: [[JSONValue]], _ category: String = "analysis", wished: String? = nil, source: String? = nil,
        table: SourceTable? = nil
    ) -> String? {
        OutputPlacement.range(ofResult: result, category: category, wished: wished, source: source, table: table)
    }

    @Test(
        "is the corner that was asked for, in the size of the result",
        arguments: [
            ("D1", "D1:E3"), ("$D$1", "D1:E3"), ("D1:Z99", "D1:E3"), ("D1:D1", "D1:E3"), ("E9:D1", "D1:E3"),
            ("Лист2!B2", "Лист2!B2:C4"), ("'Мой лист'!B2:B3", "'Мой лист'!B2:C4"), ("F:G", "F1:G3"), ("5:6", "A5:B7"),
            ("куда-нибудь", "куда-нибудь"),
        ])
    func wished(_ wished: String, placed: String) {
        #expect(place(rows(3, 2), wished: wished, source: "A1:B2") == placed)
    }

    @Test(
        "is below the source with a row between, or to the right of it when rows correspond",
        arguments: [
            ("analysis", "A1:B10", "A12:B14"), ("search", "Лист1!C3:F5", "Лист1!C7:D9"),
            ("transformation", "A1:B10", "A12:B14"), ("transformation", "A1:B3", "D1:E3"),
            ("generation", "A1:C10", "A12:B14"), ("generation", "A1:B10", "A11:B13"),
            ("analysis", "A:C", "E1:F3"), ("analysis", "1:4", "A6:B8"),
            ("analysis", "A1048570:B1048575", "D1048570:E1048572"),
            ("transformation", "XFB1:XFD3", "XFB5:XFC7"), ("analysis", "A1", "A3:B5"),
        ])
    func unasked(category: String, source: String, placed: String) {
        #expect(place(rows(3, 2), category, source: source) == placed)
    }

    @Test("is found from the cells that came when the range named only their corner")
    func corner() {
        let table = SourceTable(rows: rows(9, 2))
        #expect(place(rows(3, 2), source: "B2", table: table) == "B12:C14")
    }

    @Test("leaves a row between when the result repeats the header of what it continues")
    func repeatedHeader() {
        let table = SourceTable(rows: [["a", "b"], [1, 2]])
        #expect(place([["a", "b"], [3, 4]], "generation", source: "A1:B2", table: table) == "A4:B5")
        #expect(place([[3, 4], [5, 6]], "generation", source: "A1:B2", table: table) == "A3:B4")
    }

    @Test("is unknown without a range, without a result and without room")
    func nowhere() {
        #expect(place(rows(3, 2)) == nil)
        #expect(place(rows(3, 2), source: "все строки") == nil)
        #expect(place([], wished: "A1", source: "A1") == nil)
        #expect(place([[]], wished: "A1") == nil)
        #expect(place(rows(3, 2), wished: "XFD1048576") == nil)
        #expect(place(rows(3, 2), source: "A:XFD") == nil)
    }

    @Test("never overlaps the source", arguments: ["analysis", "transformation", "search", "generation"], 1...6)
    func overlap(category: String, size: Int) throws {
        for source in ["A1:C4", "XFA1:XFD4", "A1048570:C1048576", "B2", "C:D", "2:5", "XFD1048576"] {
            guard let placed = place(rows(size, 7 - size), category, source: source) else { continue }
            let range = try #require(CellRange(placed))
            let from = try #require(CellRange(source))
            #expect(!range.columns.overlaps(from.columns) || !range.rows.overlaps(from.rows), "\(source): \(placed)")
            #expect(range.rowCount == size && range.columnCount == 7 - size)
        }
    }

    @Test(
        "is warned about when the result is larger than the range that was asked for",
        arguments: [
            ("A1", false), ("A1:B3", false), ("A1:C9", false), ("A:B", false), ("A1:B2", true), ("A1:A3", true),
            ("A:A", true), ("1:2", true), ("где-нибудь", false),
        ])
    func shape(wished: String, isLarger: Bool) throws {
        let warning = try #require(ResultShape(rows(3, 2))).warning(wished: wished)
        #expect((warning != nil) == isLarger)
        #expect(warning?.russian.contains("строк: 3, столбцов: 2") ?? true)
    }
}
