import Kafka
import Testing

@testable import Queue

@Suite("Log mark")
struct LogMarkTests {
    private func message(
        _ offset: Int64 = 7, key: [UInt8]? = [1], value: [UInt8]? = [2, 3], timestamp: Int64? = 1_000
    ) -> KafkaMessage {
        KafkaMessage(topic: "requests", partition: 0, offset: offset, key: key, value: value, timestamp: timestamp)
    }

    @Test("is the same for the same message, and survives the way through a commit")
    func identity() throws {
        let mark = LogMark(message())
        #expect(mark == LogMark(message()))
        #expect(LogMark(mark.text) == mark)
        #expect(mark.offset == 7)
    }

    @Test("differs with the offset, the time, the key and the value, and tells nothing from empty")
    func differences() {
        let marks = [
            message(), message(8), message(key: [4]), message(key: nil), message(key: []), message(value: [2]),
            message(value: nil), message(value: []), message(timestamp: 1_001), message(timestamp: nil),
            message(value: [UInt8](repeating: 0, count: 5_000)), message(value: [UInt8](repeating: 0, count: 5_001)),
        ].map { LogMark($0) }
        #expect(Set(marks).count == marks.count)
    }

    @Test(
        "is not made of a text that it has not written",
        arguments: [
            "", "log", "log 1", "log 1 0123", "log -1 0123456789abcdef", "log x 0123456789abcdef",
            "mark 1 0123456789abcdef", "log 1 0123456789abcdeg", "log 1  0123456789abcdef",
        ])
    func foreignText(text: String) {
        #expect(LogMark(text) == nil)
    }

    @Test("of an offset alone is not written")
    func unknown() {
        #expect(LogMark(unknownAt: 4).text.isEmpty)
    }

    @Test("is found, or not, by what lies in its place")
    func findings() {
        let mark = LogMark(message())
        #expect(LogFinding(mark, in: 0..<8, found: message()) == .same)
        #expect(LogFinding(mark, in: 0..<8, found: message(value: [9])) == .other)
        #expect(LogFinding(mark, in: 0..<9, found: message(8)) == .missing)
        #expect(LogFinding(mark, in: 0..<9, found: nil) == .missing)
        #expect(LogFinding(mark, in: 0..<7, found: nil) == .ended)
        #expect(LogFinding(mark, in: 8..<9, found: message(8)) == .expired)
        #expect(LogFinding(mark, in: 8..<8, found: nil) == .expired)
        #expect(LogFinding(LogMark(unknownAt: 7), in: 0..<8, found: nil) == .same)
        #expect(LogFinding(LogMark(unknownAt: 7), in: 0..<7, found: nil) == .ended)
    }
}
