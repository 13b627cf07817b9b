/// How often values came to lie between fixed bounds. Any thread.
public struct Histogram: Instrument, WritableInstrument {
    private let cells: ShardedCells?
    private let bounds: [Int]
    private let unitsPerOne: Int

    init(_ description: MetricDescription, shards: Int?) {
        bounds = description.bounds
        unitsPerOne = description.unitsPerOne
        let count = bounds.count + 2
        cells = shards.map { ShardedCells(count: count, shards: $0) }
    }

    /// Counts a value in the family's units; one below zero counts as zero.
    public func observe(_ value: Int, shard: Int = 0) {
        guard let cells else { return }
        let value = max(0, value)
        var bucket = 0
        while bucket < bounds.count, bounds[bucket] < value { bucket += 1 }
        cells.add(1, to: bucket, shard: shard)
        cells.add(value, to: bounds.count + 1, shard: shard)
    }

    /// Counts a length of time, in a family that counts nanoseconds.
    public func observe(_ duration: Duration, shard: Int = 0) {
        let (seconds, attoseconds) = duration.components
        let (scaled, isOverflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        observe(isOverflow ? .max >> 8 : Int(scaled + attoseconds / 1_000_000_000), shard: shard)
    }

    /// Buckets are cumulative, and the count is the last of them, so that they agree even while values come in.
    func write(_ series: Series, to page: inout MetricsPage) {
        var count = 0
        for (index, bound) in bounds.enumerated() {
            count += cells?.total(index) ?? 0
            page.sample(
                series, suffix: "_bucket", bound: MetricsNumber(bound, per: unitsPerOne).fractional,
                value: MetricsNumber(count, per: 1))
        }
        count += cells?.total(bounds.count) ?? 0
        page.sample(series, suffix: "_bucket", bound: "+Inf", value: MetricsNumber(count, per: 1))
        let sum = cells?.total(bounds.count + 1) ?? 0
        page.sample(series, suffix: "_sum", value: MetricsNumber(sum, per: unitsPerOne))
        page.sample(series, suffix: "_count", value: MetricsNumber(count, per: 1))
    }
}
