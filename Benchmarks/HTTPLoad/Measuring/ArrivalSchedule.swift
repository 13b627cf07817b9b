import EventLoop

/// When things are due that come at a fixed rate, whether or not anyone keeps up with them.
struct ArrivalSchedule {
    let start: MonotonicTime
    /// Arrivals a second.
    let rate: Double
    /// How many there are in all; nil means without end.
    let total: Int?

    /// The moment of arrival `index`, from 0.
    func time(of index: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: start.nanoseconds + Int64(Double(index) * 1e9 / rate))
    }

    /// How many arrivals there have been at `now`.
    func due(at now: MonotonicTime) -> Int {
        let elapsed = now.nanoseconds - start.nanoseconds
        guard elapsed >= 0 else { return 0 }
        let arrived = Int(Double(elapsed) * rate / 1e9) + 1
        return min(arrived, total ?? arrived)
    }
}
