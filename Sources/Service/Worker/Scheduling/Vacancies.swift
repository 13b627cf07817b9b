import EventLoop

/// How often a worker's slots become free, and how many jobs it therefore holds ready for those that will be next: a
/// claim takes a round trip to the disk, and where a model answers fast, its slot would stand idle for a noticeable
/// part of its time. Pure.
struct Vacancies {
    /// The smoothed time from one slot that becomes free to the next.
    private var interval: Duration?
    private var latest: MonotonicTime?
    /// Of so many slots one job is held ready, if these become free often enough for it to wait no longer than this:
    /// its turn it has no more.
    private static let slotsPerJob = 5
    private static let longestWait = Duration.milliseconds(50)
    /// However few the slots, as many are held ready as have one by the time that a claim takes on a busy disk.
    private static let claimTime = Duration.milliseconds(10)
    private static let maximumJobs = 128
    /// What one interval counts in the mean: one part in so many.
    private static let smoothing = 16

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
        guard slots > 0, let interval else { return 0 }
        let usual = max(interval, .microseconds(1))
        let share = min(slots / Self.slotsPerJob, Int(Self.longestWait / usual))
        return max(share, min(Int(Self.claimTime / usual), Self.maximumJobs))
    }
}
