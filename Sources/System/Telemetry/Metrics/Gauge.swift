import Synchronization

/// A value that is looked at now and then. Any thread.
public struct Gauge: Instrument, WritableInstrument {
    private let cell: Cell?

    private final class Cell: Sendable {
        let bits = Atomic(0.0.bitPattern)
    }

    init(_ description: MetricDescription, shards: Int?) {
        cell = shards.map { _ in Cell() }
    }

    /// Replaces the value.
    public func set(_ value: Double) {
        cell?.bits.store(value.bitPattern, ordering: .relaxed)
    }

    func write(_ series: Series, to page: inout MetricsPage) {
        let bits = cell?.bits.load(ordering: .relaxed) ?? 0
        page.sample(series, suffix: "", value: MetricsNumber(Double(bitPattern: bits)))
    }
}
