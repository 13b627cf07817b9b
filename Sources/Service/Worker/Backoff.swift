/// Pauses that double up to a bound, each taken at random between half and whole, so that many waiters spread out.
struct Backoff {
    private let first: Duration
    private let last: Duration
    private var current: Duration

    init(from first: Duration, to last: Duration) {
        self.first = first
        self.last = last
        current = first
    }

    mutating func next() -> Duration {
        defer { current = min(current * 2, last) }
        return current * Double.random(in: 0.5...1)
    }

    mutating func reset() {
        current = first
    }
}
