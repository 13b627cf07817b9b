/// Finds out how far a partition may be committed while its messages are finished in any order: up to the first
/// one that is still being worked on, never beyond (at-least-once delivery).
struct OffsetTracker {
    /// Offsets that were handed out and are not finished, and those finished ahead of them, in order.
    private var outstanding: [Int64: Bool] = [:]
    private var order: [Int64] = []
    private var firstOpen = 0
    private var highestSeen: Int64 = -1
    private var committed: Int64 = -1

    /// A message was handed to the application.
    mutating func deliver(_ offset: Int64) {
        guard outstanding[offset] == nil, offset > highestSeen else { return }
        highestSeen = offset
        outstanding[offset] = false
        order.append(offset)
    }

    /// The message has been dealt with. Unknown offsets (of an earlier assignment) are ignored.
    mutating func finish(_ offset: Int64) {
        guard outstanding[offset] != nil else { return }
        outstanding[offset] = true
        while firstOpen < order.count, outstanding[order[firstOpen]] == true {
            outstanding[order[firstOpen]] = nil
            firstOpen += 1
        }
        if firstOpen > 512, firstOpen * 2 > order.count {
            order.removeFirst(firstOpen)
            firstOpen = 0
        }
    }

    /// The offset to read next after everything that is finished without a gap; nil when that was taken already.
    mutating func takeCommit() -> Int64? {
        guard highestSeen >= 0 else { return nil }
        let next = firstOpen < order.count ? order[firstOpen] : highestSeen + 1
        guard next > committed else { return nil }
        let isFirst = committed < 0
        committed = next
        // Nothing is finished yet: the position is where the group stood anyway.
        if isFirst, firstOpen == 0, !order.isEmpty { return nil }
        return next
    }

    /// Messages handed out and not finished.
    var openCount: Int { outstanding.values.count { !$0 } }
}
