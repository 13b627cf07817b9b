/// One time series, or the several that make one histogram: `Counter`, `UpDownCounter`, `Gauge`, `Histogram`.
public protocol Instrument: Sendable {}

/// What a family does with its instruments.
protocol WritableInstrument: Instrument {
    /// Nil for `shards` counts nothing.
    init(_ description: MetricDescription, shards: Int?)

    /// Writes the present values.
    func write(_ series: Series, to page: inout MetricsPage)
}
