import EventLoop
import Testing

@testable import HTTPLoad

@Suite("Latencies are told over time")
struct LatencyTimelineTests {
    private let start = MonotonicTime(nanoseconds: 7_000_000_000)

    @Test("a request counts in the slice in which it was meant to be sent")
    func slices() {
        var timeline = LatencyTimeline(start: start, seconds: 2, count: 4)
        for (offset, nanoseconds) in [(0, 1_000), (499, 2_000), (500, 3_000), (1_999, 4_000)] {
            timeline.record(nanoseconds: Int64(nanoseconds), intended: start + .milliseconds(offset))
        }
        let slices = timeline.objects
        #expect(slices.map(\.second) == [0, 0.5, 1, 1.5])
        #expect(slices.map(\.latencies.count) == [2, 1, 0, 1])
        #expect(slices.map(\.latencies.maximum) == [2_000, 3_000, 0, 4_000])
    }

    @Test("what lies outside of the measured time counts in the nearest slice")
    func outside() {
        var timeline = LatencyTimeline(start: start, seconds: 1, count: 2)
        timeline.record(nanoseconds: 1, intended: MonotonicTime(nanoseconds: 0))
        timeline.record(nanoseconds: 1, intended: start + .seconds(9))
        #expect(timeline.objects.map(\.latencies.count) == [1, 1])
    }

    @Test("without slices nothing is kept")
    func none() {
        var timeline = LatencyTimeline(start: start, seconds: 1, count: 0)
        timeline.record(nanoseconds: 1, intended: start)
        #expect(timeline.isEmpty)
        #expect(timeline.objects.isEmpty)
    }
}
