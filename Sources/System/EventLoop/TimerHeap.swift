/// Names one scheduled timer of one loop; stale tokens are harmless.
public struct TimerToken: Hashable, Sendable {
    let id: UInt64
}

/// A loop's timers, earliest first. Cancelling forgets the action at once and leaves a hole in the heap that is
/// skipped later; holes are swept when they outnumber the live timers.
struct TimerHeap {
    typealias Action = () -> Void

    private struct Entry {
        let deadline: MonotonicTime
        let id: UInt64
    }

    private var entries: [Entry] = []
    private var actions: [UInt64: Action] = [:]
    private var nextID: UInt64 = 1

    var count: Int { actions.count }

    mutating func insert(deadline: MonotonicTime, _ action: @escaping Action) -> TimerToken {
        let entry = Entry(deadline: deadline, id: nextID)
        nextID += 1
        actions[entry.id] = action
        entries.append(entry)
        siftUp(entries.count - 1)
        return TimerToken(id: entry.id)
    }

    mutating func cancel(_ token: TimerToken) {
        guard actions.removeValue(forKey: token.id) != nil else { return }
        if entries.count > 2 * actions.count + 64 { sweep() }
    }

    /// The earliest live deadline.
    mutating func nextDeadline() -> MonotonicTime? {
        while let first = entries.first {
            if actions[first.id] != nil { return first.deadline }
            removeFirst()
        }
        return nil
    }

    /// Takes the action of the earliest timer that is due at `now`.
    mutating func popDue(at now: MonotonicTime) -> Action? {
        guard let deadline = nextDeadline(), deadline <= now else { return nil }
        return actions.removeValue(forKey: removeFirst().id)
    }

    @discardableResult
    private mutating func removeFirst() -> Entry {
        let first = entries[0]
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            siftDown(0)
        }
        return first
    }

    private mutating func sweep() {
        entries.removeAll { actions[$0.id] == nil }
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { siftDown(index) }
    }

    private func precedes(_ left: Entry, _ right: Entry) -> Bool {
        left.deadline == right.deadline ? left.id < right.id : left.deadline < right.deadline
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(entries[child], entries[parent]) else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if precedes(entries[child], entries[least]) { least = child }
            }
            guard least != parent else { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
