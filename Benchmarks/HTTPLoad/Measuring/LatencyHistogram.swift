/// Counts durations in buckets whose width grows with the value, so that any percentile is right to within 1 %.
///
/// Below 256 ns a bucket is 1 ns wide; above, each power of two is cut into 128 buckets.
struct LatencyHistogram {
    private static let linearBits = 7
    private static let bucketCount = (64 - linearBits) << linearBits

    private var counts = [UInt64](repeating: 0, count: bucketCount)
    /// How many durations were recorded.
    private(set) var count = 0
    /// The longest of them, exactly, in nanoseconds.
    private(set) var maximum: Int64 = 0

    /// Counts a duration; a negative one, which only a clock gone wrong could yield, counts as 0.
    mutating func record(nanoseconds: Int64) {
        let value = max(0, nanoseconds)
        counts[Self.bucket(of: UInt64(value))] += 1
        count += 1
        maximum = max(maximum, value)
    }

    /// The duration, in nanoseconds, that the share `quantile` (0 to 1) of all recorded ones does not exceed; 0 when
    /// there are none. It is the upper end of its bucket, so never too good.
    func value(at quantile: Double) -> Int64 {
        let rank = max(1, Int((Double(count) * quantile).rounded(.up)))
        var seen = 0
        for (bucket, inBucket) in counts.enumerated() where inBucket > 0 {
            seen += Int(inBucket)
            if seen >= rank { return min(maximum, Self.upperEnd(of: bucket)) }
        }
        return maximum
    }

    static func bucket(of value: UInt64) -> Int {
        let shift = max(0, 63 - value.leadingZeroBitCount - linearBits)
        return shift << linearBits + Int(value >> UInt64(shift))
    }

    static func upperEnd(of bucket: Int) -> Int64 {
        let shift = max(0, bucket >> linearBits - 1)
        let top = UInt64(bucket - shift << linearBits)
        return Int64(clamping: (top + 1) << UInt64(shift) - 1)
    }
}
