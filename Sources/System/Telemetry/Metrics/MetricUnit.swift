/// What a metric is shown in, and what is counted for that: whole numbers, so that nothing is lost by adding.
public struct MetricUnit: Sendable {
    let name: String?
    let unitsPerOne: Int

    private init(_ name: String?, per unitsPerOne: Int = 1) {
        self.name = name
        self.unitsPerOne = unitsPerOne
    }

    /// Things.
    public static let none = MetricUnit(nil)
    /// Bytes.
    public static let bytes = MetricUnit("bytes")
    /// Seconds, of which nanoseconds are counted.
    public static let seconds = MetricUnit("seconds", per: 1_000_000_000)
    /// Money, of which millionths are counted.
    public static let money = MetricUnit(nil, per: 1_000_000)
}
