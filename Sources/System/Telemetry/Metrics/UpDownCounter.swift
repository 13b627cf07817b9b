/// A number of things that come and go. Any thread.
public struct UpDownCounter: Instrument, WritableInstrument {
    private let cells: ShardedCells?

    init(_ description: MetricDescription, shards: Int?) {
        cells = shards.map { ShardedCells(count: 1, shards: $0) }
    }

    /// Something has come, or gone when `amount` is below zero.
    public func add(_ amount: Int, shard: Int = 0) {
        cells?.add(amount, to: 0, shard: shard)
    }

    func write(_ series: Series, to page: inout MetricsPage) {
        page.sample(series, suffix: "", value: MetricsNumber(cells?.total(0) ?? 0, per: 1))
    }
}
