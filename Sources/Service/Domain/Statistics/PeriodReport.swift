public import Telemetry

/// What became of jobs in one period.
public struct PeriodReport: Sendable, Equatable {
    /// Which one.
    public var period: StatisticsPeriod
    /// When it began.
    public var start: WallTime
    /// When it ended: when the report was made.
    public var end: WallTime
    /// By the jobs' categories; `""` stands for none.
    public var categories: [String: PeriodNumbers]

    /// Gathers a report.
    public init(period: StatisticsPeriod, start: WallTime, end: WallTime, categories: [String: PeriodNumbers]) {
        self.period = period
        self.start = start
        self.end = end
        self.categories = categories
    }

    /// All categories together.
    public var total: PeriodNumbers { categories.values.reduce(PeriodNumbers(), +) }
}
