import EventLoop
import Testing

@testable import HTTPLoad

@Suite("Arrivals come at a fixed rate")
struct ArrivalScheduleTests {
    private let start = MonotonicTime(nanoseconds: 5_000_000_000)

    @Test("nothing is due before the start, the first arrival at the start")
    func beginning() {
        let schedule = ArrivalSchedule(start: start, rate: 1_000, total: nil)
        #expect(schedule.due(at: MonotonicTime(nanoseconds: start.nanoseconds - 1)) == 0)
        #expect(schedule.due(at: start) == 1)
    }

    @Test("each arrival is due at its time and not a moment before", arguments: [3.0, 1_000, 47_001, 1_000_000])
    func times(rate: Double) {
        let schedule = ArrivalSchedule(start: start, rate: rate, total: nil)
        for index in [1, 2, 1_000, 123_457] {
            let time = schedule.time(of: index)
            #expect(schedule.due(at: time + .nanoseconds(1)) == index + 1)
            #expect(schedule.due(at: MonotonicTime(nanoseconds: time.nanoseconds - 2)) == index)
        }
    }

    @Test("after a pause all that was missed is due at once")
    func pause() {
        let schedule = ArrivalSchedule(start: start, rate: 100, total: nil)
        #expect(schedule.due(at: start + .seconds(2)) == 201)
    }

    @Test("no more is due than there is in all")
    func total() {
        let schedule = ArrivalSchedule(start: start, rate: 100, total: 150)
        #expect(schedule.due(at: start + .seconds(3_600)) == 150)
    }
}
