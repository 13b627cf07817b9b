/// A number that only grows. Any thread.
public struct Counter: Instrument, WritableInstrument {
    private let cells: ShardedCells?
    private let unitsPerOne: Int

    init(_ description: MetricDescription, shards: Int?) {
        cells = shards.map { ShardedCells(count: 1, shards: $0) }
        unitsPerOne = description.unitsPerOne
    }

    /// Adds `amount`, in the family's units; nothing below zero. Callers on one thread name one `shard`, such as their
    /// loop's index.
    public func add(_ amount: Int = 1, shard: Int = 0) {
        guard amount > 0 else { return }
        cells?.add(amount, to: 0, shard: shard)
    }

    func write(_ series: Series, to page: inout MetricsPage) {
        page.sample(series, suffix: "_total", value: MetricsNumber(cells?.total(0) ?? 0, per: unitsPerOne))
    }
}
