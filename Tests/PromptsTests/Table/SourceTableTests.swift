import JSON
import Prompts
import Testing

@Suite("Source tables")
struct SourceTableTests {
    @Test("keep the rows of an array of arrays")
    func arrays() throws {
        let table = try SourceTable(inputData: [["Имя", 1], [.null, true, 2.5]])
        #expect(table == SourceTable(rows: [["Имя", 1], [.null, true, 2.5]]))
        #expect(table.columnCount == 3)
    }

    @Test("make a header of objects' keys in order of first appearance")
    func objects() throws {
        let table = try SourceTable(inputData: [["b": 1, "a": 2], ["c": 3, "a": 4]])
        #expect(table.header == ["b", "a", "c"])
        #expect(table.rows == [[1, 2, .null], [.null, 4, 3]])
    }

    @Test("are empty for null and for an empty array", arguments: [JSONValue.null, []])
    func empty(_ input: JSONValue) throws {
        #expect(try SourceTable(inputData: input).isEmpty)
    }

    /// Input, path, expectation, what was found.
    static let faulty: [(JSONValue, String, SourceTableError.Expectation, String)] = [
        ("text", "input_data", .rows, "string"),
        (["rows": []], "input_data", .rows, "object"),
        ([1, 2], "input_data[0]", .row, "integer"),
        ([[1], 2], "input_data[1]", .arrayLikeFirstRow, "integer"),
        ([[1], ["a": 1]], "input_data[1]", .arrayLikeFirstRow, "object"),
        ([["a": 1], [1]], "input_data[1]", .objectLikeFirstRow, "array"),
        ([[1], [1, 2, []]], "input_data[1][2]", .scalar, "array"),
        ([["Имя": ["x": 1]]], "input_data[0].Имя", .scalar, "object"),
    ]

    @Test("name the place of a fault and what belongs there", arguments: faulty)
    func fault(input: JSONValue, path: String, expected: SourceTableError.Expectation, found: String) {
        let error = #expect(throws: SourceTableError.self) { try SourceTable(inputData: input) }
        #expect(error?.faults.first?.path == path)
        #expect(error?.faults.first?.expected == expected)
        #expect(error?.faults.first?.found == found)
    }

    @Test("list every fault, up to a bound")
    func allFaults() {
        let two = #expect(throws: SourceTableError.self) { try SourceTable(inputData: [[[]], [1], [[:]]]) }
        #expect(two?.faults.map(\.path) == ["input_data[0][0]", "input_data[2][0]"])
        let many = #expect(throws: SourceTableError.self) {
            try SourceTable(inputData: .array(Array(repeating: 0, count: 1000)))
        }
        #expect(many?.faults.count == SourceTableError.maximumFaults)
    }

    @Test("refuse rows wider than a sheet")
    func tooWide() {
        let row = JSONValue.array(Array(repeating: 0, count: SourceTable.maximumColumns + 1))
        let error = #expect(throws: SourceTableError.self) { try SourceTable(inputData: [row]) }
        #expect(error?.faults.first?.expected == .columnsAtMost(SourceTable.maximumColumns))
    }

    @Test("refuse objects that share no keys before they fill the memory")
    func square() {
        let objects = (0..<100_000).map { JSONValue.object(["key\($0)": 1]) }
        let error = #expect(throws: SourceTableError.self) { try SourceTable(inputData: .array(objects)) }
        #expect(error?.faults.map(\.expected) == [.cellsAtMost(SourceTable.maximumCells)])
    }

    @Test("refuse objects that would become many times the cells that were sent")
    func sparse() {
        let objects = (0..<400).map { JSONValue.object(["key\($0)": 1]) }
        let error = #expect(throws: SourceTableError.self) { try SourceTable(inputData: .array(objects)) }
        #expect(error?.faults.map(\.expected) == [.cellsAtMost(SourceTable.cellsBeforeFilling)])
    }

    @Test("accept objects with a few columns missing, however many rows there are")
    func missingColumns() throws {
        let objects = (0..<30_000).map { JSONValue.object(["a": 1, "key\($0 % 4)": 1]) }
        #expect(try SourceTable(inputData: .array(objects)).columnCount == 5)
    }

    @Test("count the header as a row, which it becomes when the table is stored")
    func headerIsRow() {
        let objects = Array(repeating: JSONValue.object(["a": 1]), count: SourceTable.maximumRows)
        let error = #expect(throws: SourceTableError.self) { try SourceTable(inputData: .array(objects)) }
        #expect(error?.faults.map(\.expected) == [.rowsAtMost(SourceTable.maximumRows - 1)])
    }
}
