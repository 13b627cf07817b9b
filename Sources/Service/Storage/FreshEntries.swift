import Domain
import EventLoop

/// Entries of the outbox that this process has just committed, on their way to its own relay, which so need not read
/// back what the process had in hand a moment before.
///
/// In the table they are hidden for `lease`, as if the relay had taken them there: should they get lost with the
/// process, any relay finds them then. What finds no room here stays in sight. Any thread.
final class FreshEntries: Sendable {
    /// Most of what waits for the relay.
    struct Limits: Sendable {
        var entries = 10_000
        /// Bytes of jobs and results as text; a job's table takes several times as much in memory.
        var bytes = 8 << 20
        /// A batch with a larger item is left to the table.
        var itemBytes = 64 << 10
    }

    /// Room that is kept for a batch while its transaction is on its way.
    struct Room: Sendable {
        fileprivate let entries: Int
        fileprivate let bytes: Int
        /// When the entries come into sight at the earliest.
        fileprivate let end: MonotonicTime

        /// How long the batch's entries are to be hidden from other relays.
        var hidingTime: Duration { FreshEntries.lease }
    }

    private struct Batch {
        let entries: [OutboxEntry]
        let room: Room
    }

    private struct Content {
        var batches: [Batch] = []
        var entries = 0
        var bytes = 0
        /// Whether there is something in the table that has found no room here.
        var isOverflown = true
        var lastLook: MonotonicTime?

        mutating func giveBack(_ room: Room) {
            entries -= room.entries
            bytes -= room.bytes
        }
    }

    /// What the jobs of a process wait for that dies right after their commit. Long enough for a relay that works; a
    /// message that two relays publish does no harm.
    static let lease = Duration.seconds(5)
    /// Without an overflow the table is looked at no more often.
    static let lookInterval = Duration.milliseconds(50)

    private let limits: Limits
    private let content = Lock(Content())

    init(_ limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Keeps room for a batch of items with so many bytes each that is about to be stored; nil when there is none. Room
    /// is given back by `put`.
    func makeRoom(for items: [Int]) -> Room? {
        let (entries, bytes) = (items.count, items.reduce(0, +))
        return content.withLock { content in
            guard content.entries + entries <= limits.entries, content.bytes + bytes <= limits.bytes,
                items.allSatisfy({ $0 <= limits.itemBytes })
            else {
                content.isOverflown = true
                return nil
            }
            content.entries += entries
            content.bytes += bytes
            return Room(entries: entries, bytes: bytes, end: .now + Self.lease)
        }
    }

    /// Hands over what was committed of the batch: nothing when it was not, or when nobody knows.
    func put(_ entries: [OutboxEntry], in room: Room) {
        content.withLock { content in
            if entries.isEmpty {
                content.giveBack(room)
            } else {
                content.batches.append(Batch(entries: entries, room: room))
            }
        }
    }

    /// Takes up to about `limit` entries, in whole batches, oldest first, and says whether there are more.
    func take(limit: Int) -> (entries: [OutboxEntry], isLast: Bool) {
        content.withLock { content in
            var taken: [OutboxEntry] = []
            var count = 0
            for batch in content.batches {
                guard taken.isEmpty || taken.count + batch.entries.count <= limit else { break }
                count += 1
                content.giveBack(batch.room)
                // Those that have come into sight since are the table's to hand out.
                if batch.room.end > .now { taken += batch.entries } else { content.isOverflown = true }
            }
            content.batches.removeFirst(count)
            return (taken, content.batches.isEmpty)
        }
    }

    /// Whether it is time to look into the table; one that answers with less than it was asked for is done with.
    func takeLook() -> Bool {
        content.withLock { content in
            let isDue = content.lastLook.map { MonotonicTime.now - $0 >= Self.lookInterval } ?? true
            guard content.isOverflown || isDue else { return false }
            content.isOverflown = false
            content.lastLook = .now
            return true
        }
    }

    /// There is more in the table than was taken.
    func noteOverflow() {
        content.withLock { $0.isOverflown = true }
    }
}
