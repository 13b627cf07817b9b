import Foundation
import JSON
import Testing

@Suite("Speed")
struct SpeedTests {
    @Test("of reading a large table is printed beside Foundation's")
    func table() throws {
        let rows = (0..<2000).map { row in
            JSONValue.array((0..<25).map { Self.cell(row: row, column: $0) })
        }
        let bytes = JSONValue.array(rows).serialized()
        let data = Data(bytes)
        let clock = ContinuousClock()
        var value = JSONValue.null
        let ours = try clock.measure { value = try JSONParser().parse(bytes) }
        let theirs = try clock.measure { _ = try JSONSerialization.jsonObject(with: data) }
        let writing = clock.measure { #expect(value.serialized() == bytes) }
        print("\(bytes.count) bytes: read \(ours), JSONSerialization \(theirs) (×\(theirs / ours)), write \(writing)")
        // Far from the ratio of a release build, so that a debug build on a busy machine passes too.
        #expect(ours < theirs * 10)
    }

    private static func cell(row: Int, column: Int) -> JSONValue {
        switch (row + column) % 4 {
        case 0: .integer(row * column)
        case 1: JSONValue(Double(row) * 1.37)
        case 2: .string("Ячейка \(row)-\(column)")
        default: "cell"
        }
    }
}
