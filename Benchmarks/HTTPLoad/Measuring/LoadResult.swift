import EventLoop
import JSON

/// What one stretch of load at a fixed rate has shown.
struct LoadResult: JSONWritable {
    let rate: Double
    /// Counted from the moment each request was meant to be sent; those never answered are in it with the time they
    /// had waited in the end.
    var latencies = LatencyHistogram()
    /// How much later than meant requests were sent though a connection was free: the fault of this tool, or of who
    /// else uses the machine, and part of `latencies`.
    var delays = LatencyHistogram()
    /// How `latencies` went over time.
    var timeline: LatencyTimeline
    /// Answers with another status than 2xx.
    var refused = 0
    /// Requests whose connection broke.
    var broken = 0
    /// Requests without an answer at the end.
    var unanswered = 0

    init(rate: Double, timeline: LatencyTimeline) {
        self.rate = rate
        self.timeline = timeline
    }

    /// Counts a request that was meant to be sent at `intended` and was answered, or given up, at `time`.
    mutating func record(_ intended: MonotonicTime, until time: MonotonicTime) {
        let nanoseconds = time.nanoseconds - intended.nanoseconds
        latencies.record(nanoseconds: nanoseconds)
        timeline.record(nanoseconds: nanoseconds, intended: intended)
    }

    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.field("rate", rate)
            object.field("requests", latencies.count)
            object.field("refused", refused)
            object.field("broken", broken)
            object.field("unanswered", unanswered)
            object.object("latency_us") { Self.describe(latencies, to: &$0) }
            object.object("own_delay_us") { Self.describe(delays, to: &$0) }
            if !timeline.isEmpty { object.field("timeline", timeline.objects) }
        }
    }

    private static func describe(_ histogram: LatencyHistogram, to object: inout JSONObjectWriter) {
        for (name, quantile) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99_9", 0.999)] {
            object.field(name, microseconds(histogram.value(at: quantile)))
        }
        object.field("max", microseconds(histogram.maximum))
    }

    /// For reports: to a tenth.
    static func microseconds(_ nanoseconds: Int64) -> Double {
        (Double(nanoseconds) / 100).rounded() / 10
    }
}
