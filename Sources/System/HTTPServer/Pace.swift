import EventLoop

/// How slowly a peer may send or take one content: no pause longer than `stall`, and no less than `minimumRate`
/// bytes a second over the whole time after the first `stall`. The second rule ends what the first does not: a byte
/// now and then, for ever.
struct Pace {
    private var start = MonotonicTime.now
    private let stall: Duration
    private let minimumRate: Int

    /// `minimumRate` in bytes a second; 0 stands for none.
    init(stall: Duration, minimumRate: Int) {
        self.stall = stall
        self.minimumRate = minimumRate
    }

    /// It was we who paused, for so long.
    mutating func didPause(_ duration: Duration) {
        start = start + duration
    }

    /// When patience ends, if nothing more than `count` bytes has been transferred by then.
    func deadline(transferred count: Int) -> MonotonicTime {
        let pause = MonotonicTime.now + stall
        guard minimumRate > 0 else { return pause }
        return min(pause, start + stall + .milliseconds(count * 1000 / minimumRate))
    }
}
