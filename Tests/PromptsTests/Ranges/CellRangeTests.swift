import Prompts
import Testing

@Suite("A1 ranges")
struct CellRangeTests {
    /// Text, how it is written back, rows, columns.
    static let readable: [(String, String, Int, Int)] = [
        ("A1", "A1", 1, 1),
        ("a1", "A1", 1, 1),
        ("$A$1", "A1", 1, 1),
        ("A1:D10", "A1:D10", 10, 4),
        ("$A$1:$D$10", "A1:D10", 10, 4),
        ("D10:A1", "A1:D10", 10, 4),
        ("A10:D1", "A1:D10", 10, 4),
        ("A1:A1", "A1", 1, 1),
        ("  B2:C3 ", "B2:C3", 2, 2),
        ("XFD1048576", "XFD1048576", 1, 1),
        ("A1:XFD1048576", "A:XFD", 1_048_576, 16_384),
        ("A:C", "A:C", 1_048_576, 3),
        ("$C:$A", "A:C", 1_048_576, 3),
        ("B:B", "B:B", 1_048_576, 1),
        ("1:3", "1:3", 3, 16_384),
        ("$3:$1", "1:3", 3, 16_384),
        ("Лист1!A1:B2", "Лист1!A1:B2", 2, 2),
        ("Лист1!$A$1:$D$10", "Лист1!A1:D10", 10, 4),
        ("'Мой лист'!A:C", "'Мой лист'!A:C", 1_048_576, 3),
        ("Мой лист!A1", "'Мой лист'!A1", 1, 1),
        ("'Лист1'!A1", "Лист1!A1", 1, 1),
        ("'O''Hara'!A1", "'O''Hara'!A1", 1, 1),
        ("'Да!'!A1", "'Да!'!A1", 1, 1),
        ("'A1'!B2", "'A1'!B2", 1, 1),
        ("'2024'!B2", "'2024'!B2", 1, 1),
        ("План_2024.1!B2", "План_2024.1!B2", 1, 1),
    ]

    @Test("are read and written back", arguments: readable)
    func reading(text: String, written: String, rows: Int, columns: Int) throws {
        let range = try #require(CellRange(text))
        #expect(range.description == written)
        #expect(range.rowCount == rows)
        #expect(range.columnCount == columns)
        #expect(CellRange(range.description) == range)
    }

    @Test(
        "are nil for anything else",
        arguments: [
            "", " ", "A", "1", "A0", "A01", "XFE1", "AAAA1", "A1048577", "A1:", ":A1", "A1:B", "A:1", "A1:B2:C3",
            "A1,B2", "A1 B2", "А1", "Лист1!", "!A1", "Лист1!Лист2", "''!A1", "'Лист!A1", "Лист'!A1", "'a'b'!A1",
            "Лист/1!A1", "[1]Лист!A1", "Лист1:Лист2!A1", "все строки", "A-1", "$$A1", "A$", "A99999999999999999999",
            "Очень длинное название листа книги!A1",
        ])
    func refusal(_ text: String) {
        #expect(CellRange(text) == nil)
    }

    @Test("know whether they have a size", arguments: [("A1:B2", false), ("A:B", true), ("1:2", true)])
    func bounds(text: String, isUnbounded: Bool) {
        #expect(CellRange(text)?.isUnbounded == isUnbounded)
    }

    @Test("are made of two corners in any order")
    func corners() throws {
        let first = try #require(CellReference("C5"))
        let second = try #require(CellReference(column: 1, row: 9))
        let range = CellRange(first, second, sheet: SheetName("Отчёт за май"))
        #expect(range.description == "'Отчёт за май'!A5:C9")
    }

    @Test("column letters count up to XFD", arguments: [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
    func letters(column: Int, letters: String) {
        #expect(CellReference.letters(ofColumn: column) == letters)
        #expect(CellReference("\(letters)1")?.column == column)
    }

    @Test("cells out of bounds do not exist", arguments: [(0, 1), (1, 0), (16_385, 1), (1, 1_048_577), (-1, -1)])
    func outOfBounds(column: Int, row: Int) {
        #expect(CellReference(column: column, row: row) == nil)
    }
}
