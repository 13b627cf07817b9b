import EventLoop

/// How often a worker's slots become free, and how many jobs it therefore holds ready for those that will be next: a
/// claim takes a round trip to the disk, and where a model answers fast, its slot would stand idle for a noticeable
/// part of its time. Pure.
struct Vacancies {
    /// The smoothed time from one slot that becomes free to the next.
    private var interval: Duration?
    private var latest: MonotonicTime?
    /// A job that is held ready has its turn no more, so it waits for no longer than this, as things usually go.
    private static let longestWait = Duration.milliseconds(50)
    /// Of so many slots one job is held ready.
    private static let slotsPerJob = 5
    /// What one interval counts in the mean: one part in so many.
    private static let smoothing = 8

    /// A slot has become free.
    mutating func note(at now: MonotonicTime) {
        if let latest {
            let passed = now - latest
            interval = interval.map { ($0 * (Self.smoothing - 1) + passed) / Self.smoothing } ?? passed
        }
        latest = now
    }

    /// How many jobs to hold ready for `slots` slots.
    func jobsAhead(of slots: Int) -> Int {
        guard let interval else { return 0 }
        let taken = Self.longestWait / max(interval, .microseconds(1))
        return min(slots / Self.slotsPerJob, Int(taken))
    }
}
