import EventLoop
import JSON

/// How latencies went over time: the measured time in slices of equal length, each with its own histogram.
struct LatencyTimeline {
    private let start: MonotonicTime
    private let sliceNanoseconds: Int64
    private var slices: [LatencyHistogram]

    /// `count` slices from `start` on, together `seconds` long; none for 0.
    init(start: MonotonicTime, seconds: Double, count: Int) {
        self.start = start
        sliceNanoseconds = max(1, Int64(seconds * 1e9) / Int64(max(1, count)))
        slices = Array(repeating: LatencyHistogram(), count: count)
    }

    var isEmpty: Bool { slices.isEmpty }

    /// Counts a request in the slice in which it was meant to be sent.
    mutating func record(nanoseconds: Int64, intended: MonotonicTime) {
        guard !slices.isEmpty else { return }
        let slice = (intended.nanoseconds - start.nanoseconds) / sliceNanoseconds
        slices[Int(min(max(0, slice), Int64(slices.count - 1)))].record(nanoseconds: nanoseconds)
    }

    /// The slices in their order: begin in seconds, requests, and percentiles in microseconds.
    var objects: [Slice] {
        slices.enumerated().map { index, histogram in
            Slice(second: Double(Int64(index) * sliceNanoseconds) / 1e9, latencies: histogram)
        }
    }

    struct Slice: JSONWritable {
        let second: Double
        let latencies: LatencyHistogram

        func write(to writer: inout JSONWriter) {
            writer.object { object in
                object.field("second", second)
                object.field("requests", latencies.count)
                for (name, quantile) in [("p50", 0.5), ("p99", 0.99)] {
                    object.field(name, LoadResult.microseconds(latencies.value(at: quantile)))
                }
                object.field("max", LoadResult.microseconds(latencies.maximum))
            }
        }
    }
}
