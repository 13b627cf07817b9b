/// Finds out how far a partition may be committed while its messages are finished in any order: up to the first
/// one that is still being worked on, never beyond (at-least-once delivery).
struct OffsetTracker {
    private struct Entry {
        let offset: Int64
        var isFinished = false
    }

    /// What was handed out, by offset; the broker may leave gaps. What lies before `first`, the first unfinished
    /// message, is cut off when it makes up half of it, so that a long window is not moved for each message.
    private var window: [Entry] = []
    private var first = 0
    /// The least offset that has not been handed out.
    private var next: Int64 = 0
    /// How far to commit, while nobody has taken it.
    private var commit: Int64?

    /// A message was handed to the application. One that was handed out before changes nothing.
    mutating func deliver(_ offset: Int64) {
        guard offset >= next else { return }
        window.append(Entry(offset: offset))
        next = offset + 1
    }

    /// The message has been dealt with. Unknown offsets (of an earlier assignment) are ignored.
    mutating func finish(_ offset: Int64) {
        guard let index = index(of: offset) else { return }
        window[index].isFinished = true
        guard index == first else { return }
        while first < window.count, window[first].isFinished { first += 1 }
        commit = first < window.count ? window[first].offset : next
        guard first > window.count / 2 else { return }
        window.removeFirst(first)
        first = 0
    }

    /// Messages from the first unfinished to the last one handed out.
    var count: Int { window.count - first }

    /// The offset to read next after everything that is finished without a gap; nil when that was taken already.
    mutating func takeCommit() -> Int64? {
        defer { commit = nil }
        return commit
    }

    private func index(of offset: Int64) -> Int? {
        var low = first
        var high = window.count
        while low < high {
            let middle = (low + high) / 2
            if window[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low < window.count && window[low].offset == offset ? low : nil
    }
}
