/// Finds out how far a partition may be committed while its messages are finished in any order: up to the first
/// one that is still being worked on, never beyond (at-least-once delivery).
struct OffsetTracker {
    private struct Entry {
        let offset: Int64
        var isFinished = false
    }

    /// From the first unfinished message to the last one handed out, by offset. The broker may leave gaps.
    private var window: [Entry] = []
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
        guard index == 0 else { return }
        window.removeFirst(window.firstIndex { !$0.isFinished } ?? window.count)
        commit = window.first?.offset ?? next
    }

    /// The offset to read next after everything that is finished without a gap; nil when that was taken already.
    mutating func takeCommit() -> Int64? {
        defer { commit = nil }
        return commit
    }

    private func index(of offset: Int64) -> Int? {
        var low = 0
        var high = window.count
        while low < high {
            let middle = (low + high) / 2
            if window[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low < window.count && window[low].offset == offset ? low : nil
    }
}
