import Domain
import Telemetry
import Testing

@testable import Storage

@Suite("Fresh entries")
struct FreshEntriesTests {
    private func entry(_ sequence: Int64) -> OutboxEntry {
        OutboxEntry(
            sequence: sequence, id: JobID(high: 0x7000, low: UInt64(sequence)), createdAt: .now,
            content: .request(JobInput(query: "q")))
    }

    private func fresh() -> FreshEntries {
        FreshEntries(FreshEntries.Limits(entries: 4, bytes: 100, itemBytes: 60))
    }

    @Test("what was put in comes out once, in its order")
    func order() throws {
        let fresh = fresh()
        for sequence in 1...2 as ClosedRange<Int64> {
            fresh.put([entry(sequence)], in: try #require(fresh.makeRoom(for: [10])))
        }
        #expect(fresh.take(limit: 9).entries.map(\.sequence) == [1, 2])
        #expect(fresh.take(limit: 9).entries.isEmpty)
    }

    @Test("batches stay whole, and whether more are left is told")
    func limit() throws {
        let fresh = fresh()
        fresh.put([entry(1), entry(2)], in: try #require(fresh.makeRoom(for: [5, 5])))
        fresh.put([entry(3), entry(4)], in: try #require(fresh.makeRoom(for: [5, 5])))
        let first = fresh.take(limit: 3)
        #expect(first.entries.map(\.sequence) == [1, 2] && !first.isLast)
        let second = fresh.take(limit: 1)
        #expect(second.entries.map(\.sequence) == [3, 4] && second.isLast)
    }

    @Test("room is bounded by number and by bytes, of all and of one")
    func bounds() throws {
        let fresh = fresh()
        #expect(fresh.makeRoom(for: [1, 1, 1, 1, 1]) == nil)
        #expect(fresh.makeRoom(for: [1, 61]) == nil)
        let first = try #require(fresh.makeRoom(for: [60]))
        #expect(fresh.makeRoom(for: [41]) == nil)
        let second = try #require(fresh.makeRoom(for: [10, 10, 20]))
        #expect(fresh.makeRoom(for: [0]) == nil)
        // Nothing came of the one; the other is taken.
        fresh.put([], in: first)
        fresh.put([entry(1)], in: second)
        #expect(fresh.take(limit: 9).entries.count == 1)
        #expect(fresh.makeRoom(for: [20, 20, 20, 40]) != nil)
    }

    @Test("the table is looked at first, then not too often, but at once when something found no room")
    func looks() {
        let fresh = fresh()
        #expect(fresh.takeLook())
        // Should 50 ms pass between the two, the second is due by time, so one of a few pairs has to tell.
        #expect((0..<20).contains { _ in !fresh.takeLook() })
        #expect(fresh.makeRoom(for: [61]) == nil)
        #expect(fresh.takeLook())
        fresh.noteOverflow()
        #expect(fresh.takeLook())
    }
}
