/// How jobs ended within some time.
public struct PeriodNumbers: Sendable, Equatable {
    /// Jobs that ended with a result.
    public var completed = 0
    /// Jobs that ended without one.
    public var failed = 0
    /// Jobs that their clients ended.
    public var cancelled = 0
    /// Jobs of which is known how long they took from the first start to the end.
    public var timed = 0
    /// What those took, all together.
    public var seconds = 0.0
    /// What the models used.
    public var tokens = TokenUsage()
    /// Answers that somebody found good.
    public var ratedUp = 0
    /// Answers that somebody found bad.
    public var ratedDown = 0

    /// Nothing at all.
    public init() {}

    /// All jobs that ended.
    public var total: Int { completed + failed + cancelled }

    /// Seconds from a job's first start to its end; 0 where no job was started.
    public var meanSeconds: Double { timed == 0 ? 0 : seconds / Double(timed) }

    /// Adds up.
    public static func + (left: PeriodNumbers, right: PeriodNumbers) -> PeriodNumbers {
        var sum = left
        sum.completed += right.completed
        sum.failed += right.failed
        sum.cancelled += right.cancelled
        sum.timed += right.timed
        sum.seconds += right.seconds
        sum.tokens = left.tokens + right.tokens
        sum.ratedUp += right.ratedUp
        sum.ratedDown += right.ratedDown
        return sum
    }
}
