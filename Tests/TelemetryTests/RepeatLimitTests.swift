import Testing

@testable import Telemetry

@Suite("Repeated log lines")
struct RepeatLimitTests {
    private func second(_ number: Double) -> WallTime { WallTime(microseconds: Int64(number * 1_000_000)) }

    @Test("of lines with the same words a few are written within a while, the others are counted and told of once")
    func leavesOut() {
        var limit = RepeatLimit(burst: 3, seconds: 10)
        let written = (0..<8).map { _ in limit.admits(.warning, "away", at: second(1)) }
        #expect(written == [true, true, true, false, false, false, false, false])
        #expect(limit.owesNews)
        #expect(limit.news(at: second(10.9)) == [])
        #expect(limit.news(at: second(11)) == [.init(level: .warning, message: "away", count: 5)])
        #expect(!limit.owesNews)
        let repeated = limit.admits(.warning, "away", at: second(12))
        #expect(repeated)
    }

    @Test("other words and other levels are counted apart; what is no warning is always written")
    func kinds() {
        var limit = RepeatLimit(burst: 1, seconds: 10)
        let written = [
            limit.admits(.warning, "a", at: second(0)), limit.admits(.error, "a", at: second(0)),
            limit.admits(.warning, "b", at: second(0)), limit.admits(.warning, "a", at: second(0)),
            limit.admits(.info, "c", at: second(0)), limit.admits(.info, "c", at: second(0)),
        ]
        #expect(written == [true, true, true, false, true, true])
    }

    @Test("a slow trickle is written in full")
    func trickle() {
        var limit = RepeatLimit(burst: 2, seconds: 10)
        let written = (0..<20).map { limit.admits(.error, "slow", at: second(Double($0) * 6)) }
        #expect(written.allSatisfy { $0 })
        #expect(!limit.owesNews)
    }

    @Test("at the end all is told, and the number of kinds is bounded")
    func bounds() {
        var limit = RepeatLimit(burst: 1, seconds: 10, limit: 2)
        for message in ["a", "b", "c", "a", "c"] { _ = limit.admits(.warning, message, at: second(0)) }
        #expect(limit.news(at: second(1), isLast: true) == [.init(level: .warning, message: "a", count: 1)])
        for number in 0..<50 {
            let isWritten = limit.admits(.warning, "m\(number)", at: second(Double(number) * 20))
            #expect(isWritten)
        }
    }
}
