import Domain
import Telemetry
import Testing

@Suite("A page of dead letters")
struct DeadLetterPageTests {
    private func letter(_ partition: Int32, _ offset: Int64, at second: Int64?) -> DeadLetterRecord {
        DeadLetterRecord(
            position: QueuePosition(topic: "dlq", partition: partition, offset: offset),
            time: second.map { WallTime(microseconds: $0 * 1_000_000) }, original: nil, key: nil, value: nil,
            bytesLeftOut: nil, reason: "")
    }

    private func stretch(
        _ partition: Int32, _ offsets: Range<Int64>, oldest: Int64 = 0, at seconds: (Int64) -> Int64? = { $0 }
    ) -> DeadLetterPage.Stretch {
        var stretch = DeadLetterPage.Stretch(offsets: offsets, oldest: oldest)
        stretch.letters = offsets.map { letter(partition, $0, at: seconds($0)) }
        return stretch
    }

    @Test("has the youngest of all partitions, and says where the next one begins in each")
    func merge() {
        let page = DeadLetterPage(
            [0: stretch(0, 5..<8), 1: stretch(1, 6..<9) { $0 * 10 }, 2: stretch(2, 0..<0)], limit: 4)
        #expect(page.letters.map(\.place.description) == ["1/8", "1/7", "1/6", "0/7"])
        #expect(page.next?.description == "0/7,1/6,2/0")
    }

    @Test("is the last one when nothing is older in any partition")
    func last() {
        let page = DeadLetterPage([0: stretch(0, 3..<5, oldest: 3), 1: stretch(1, 9..<9, oldest: 9)], limit: 4)
        #expect(page.letters.count == 2)
        #expect(page.next == nil)
        #expect(DeadLetterPage([:], limit: 4) == DeadLetterPage(letters: [], next: nil))
    }

    @Test("leaves nothing out and shows nothing twice, whatever the writers' clocks say")
    func clocks() {
        // A writer whose clock is behind wrote the later letters.
        let times: [Int64: Int64?] = [0: 50, 1: 10, 2: 90, 3: nil, 4: 20, 5: 60]
        var (seen, marks): ([String], DeadLetterMarks?) = ([], nil)
        for _ in 1...6 {
            var stretches: [Int32: DeadLetterPage.Stretch] = [:]
            for partition in Int32(0)...1 {
                let end = marks?.offsets[partition] ?? 6
                stretches[partition] = stretch(partition, max(0, end - 3)..<end) { times[$0] ?? nil }
            }
            let page = DeadLetterPage(stretches, limit: 3)
            seen += page.letters.map(\.place.description)
            marks = page.next
            if marks == nil { break }
        }
        #expect(marks == nil && seen.count == 12)
        #expect(Set(seen) == Set((0...1).flatMap { partition in (0...5).map { "\(partition)/\($0)" } }))
    }

    @Test("is asked for by marks, which are places with commas between", arguments: ["0/17", "0/17,2/5", "7/0"])
    func marks(text: String) {
        #expect(DeadLetterMarks(text)?.description == text)
    }

    @Test(
        "is asked for by nothing else",
        arguments: [
            "", "0", "0/", "/0", "0/1,", "0/1,0/2", "-1/0", "0/-1", "0/+1", "0/1/2", "0/9223372036854775807", "a/b",
        ])
    func wrong(text: String) {
        #expect(DeadLetterMarks(text) == nil)
    }
}
