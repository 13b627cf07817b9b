import EventLoop

/// Gives each submission a number of its own. Any thread.
final class NumberSequence: Sendable {
    private let last = Lock(0)

    func next() -> Int {
        last.withLock { last in
            last += 1
            return last
        }
    }
}
