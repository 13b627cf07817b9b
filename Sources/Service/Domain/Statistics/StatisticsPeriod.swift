/// A period that ends now. The raw value is its name on the wire.
public enum StatisticsPeriod: String, Sendable, CaseIterable {
    /// Sixty minutes.
    case hour
    /// 24 hours.
    case day
    /// Seven days.
    case week
    /// Thirty days.
    case month

    /// Its length.
    public var duration: Duration {
        switch self {
        case .hour: .seconds(3_600)
        case .day: .seconds(86_400)
        case .week: .seconds(7 * 86_400)
        case .month: .seconds(30 * 86_400)
        }
    }
}
