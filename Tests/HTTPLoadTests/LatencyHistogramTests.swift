import Testing

@testable import HTTPLoad

@Suite("Durations are counted so that percentiles can be read off")
struct LatencyHistogramTests {
    @Test("a percentile is never below the true one, and at most 1 % above it", arguments: [0.5, 0.9, 0.99, 0.999])
    func percentiles(quantile: Double) {
        var histogram = LatencyHistogram()
        for value in 1...100_000 { histogram.record(nanoseconds: Int64(value * 37)) }
        let truth = Double(37 * 100_000) * quantile
        let found = Double(histogram.value(at: quantile))
        #expect(found >= truth)
        #expect(found <= truth * 1.01)
    }

    @Test("every value lies in its bucket, and buckets follow each other without a gap")
    func buckets() {
        for shift in 0..<62 {
            let power = Int64(1) << Int64(shift)
            for value in [power, power + power / 3, 2 * power - 1] {
                let bucket = LatencyHistogram.bucket(of: UInt64(value))
                #expect(LatencyHistogram.upperEnd(of: bucket) >= value)
                #expect(bucket == 0 || LatencyHistogram.upperEnd(of: bucket - 1) < value)
            }
        }
    }

    @Test("the maximum is exact, and no percentile goes beyond it")
    func maximum() {
        var histogram = LatencyHistogram()
        histogram.record(nanoseconds: 1_000_003)
        #expect(histogram.maximum == 1_000_003)
        #expect(histogram.value(at: 1) == 1_000_003)
        #expect(histogram.value(at: 0.5) == 1_000_003)
    }

    @Test("the longest and the shortest durations have a place")
    func extremes() {
        var histogram = LatencyHistogram()
        histogram.record(nanoseconds: .max)
        histogram.record(nanoseconds: 0)
        histogram.record(nanoseconds: -5)
        #expect(histogram.count == 3)
        #expect(histogram.value(at: 0.5) == 0)
        #expect(histogram.value(at: 1) == .max)
    }

    @Test("without any duration every percentile is 0")
    func empty() {
        #expect(LatencyHistogram().value(at: 0.99) == 0)
    }
}
