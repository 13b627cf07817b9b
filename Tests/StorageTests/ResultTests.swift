import Domain
import JSON
import Testing

@testable import Storage

@Suite("Results as they are stored", .serialized)
struct ResultTests {
    /// Of the kinds that travel as cells and of those that travel as JSON.
    private static let tables: [JSONValue?] = [
        rows([["Итог", long("а")], [nil, long("\"\\\n")]]),
        rows([[long("x")]]),
        .array([.array([.string(long("y")), 1.5, .bool(true), .null])]),
        rows([["a", "b"], ["c", nil]]),
        nil,
        rows([[long("\u{1}")]]),
        rows([["=SUM(B2:B9)", "2", long("z"), nil, ""]]),
        rows((0..<40).map { [long("\($0)")] }),
        .array([]),
        rows([[nil], [long("€😀")]]),
        rows((0..<32).map { [long("\($0)")] }),
        rows([(0..<32).map { long("\($0)") }]),
    ]

    private static func long(_ text: String) -> String { String(repeating: text + " ", count: 80) }

    private static func rows(_ rows: [[String?]]) -> JSONValue {
        .array(rows.map { .array($0.map { $0.map(JSONValue.string) ?? .null }) })
    }

    private static func output(_ table: JSONValue?) -> JobOutput {
        JobOutput(
            table: table, message: "m", outputRange: nil, category: "analysis",
            tokens: TokenUsage(prompt: 1, completion: 2), model: "m", provider: "p")
    }

    @Test("tables of all kinds that share a statement are stored each as it is, and read back")
    func kinds() async throws {
        try await Bench.run { bench in
            var leases: [JobLease] = []
            for _ in Self.tables { leases.append(try await bench.claimed()) }
            let held = leases
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for (lease, table) in zip(held, Self.tables) {
                    group.addTask(executorPreference: bench.loops[0]) {
                        try await bench.store.finish(lease, .completed(Self.output(table)))
                    }
                }
                for try await isStored in group { #expect(isStored) }
            }
            for (lease, table) in zip(held, Self.tables) {
                guard case .completed(let output, _) = try await bench.store.result(of: lease.id) else {
                    Issue.record("\(lease.id) is not completed")
                    continue
                }
                #expect(try output.table?.json.value() == table)
                let type = try await bench.column("jsonb_typeof(result_data)", of: lease.id)
                #expect(type == (table == nil ? nil : "array"))
            }
        }
    }

    @Test("a statement has a bounded number of cells, however tall and wide tables come together")
    func manyCells() {
        let (tall, wide) = (
            Self.rows((0..<32).map { [Self.long("\($0)")] }), Self.rows([(0..<32).map { Self.long("\($0)") }])
        )
        for order in [[tall], [wide], [tall, wide], [wide, tall], [wide, wide, tall]] {
            let results = (0..<256).map { ResultTable(order[$0 % order.count]) }
            let columns = ResultColumns(results)
            #expect((1...ResultColumns.maximumCells).contains(columns.rowCount * columns.width))
            #expect(columns.texts.count == 256)
            #expect(columns.texts.contains { $0 == nil } && columns.texts.contains { $0 != nil })
        }
    }

    @Test("a result of some kilobytes lies in its job's row")
    func inRow() async throws {
        try await Bench.run { bench in
            let words = (0..<900).map { String($0 * 7_919 % 10_007, radix: 36) }.joined(separator: " ")
            let lease = try await bench.claimed()
            #expect(try await bench.store.finish(lease, .completed(Self.output(Self.rows([[words]])))))
            #expect(try await bench.column("pg_column_size(result_data) > 2100", of: lease.id) == "true")
            let toast = try await bench.value(
                "SELECT pg_relation_size(reltoastrelid)::text FROM pg_class WHERE relname = 'ai_requests'")
            #expect(toast == "0")
        }
    }
}
