/// A family of any kind of instrument.
protocol WritableFamily: Sendable {
    var description: MetricDescription { get }

    /// Writes its head and all its series; nothing while it has none.
    func write(to page: inout MetricsPage)
}
