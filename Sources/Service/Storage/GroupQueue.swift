/// Decides which items leave together; pure. While few come each leaves at once and alone. Under load the batches
/// on their way are the brake: what comes meanwhile leaves together when one of them is back.
struct GroupQueue<Item> {
    /// Names a waiting item.
    typealias Ticket = UInt64

    private struct Entry {
        let ticket: Ticket
        /// Nil when it has left.
        var item: Item?
        let bytes: Int
    }

    private let limits: GroupLimits
    /// By ticket; what lies before `first` has left.
    private var entries: [Entry] = []
    private var first = 0
    private var nextTicket: Ticket = 0
    private var waitingBytes = 0
    private(set) var batchesInFlight = 0

    init(_ limits: GroupLimits) {
        self.limits = limits
    }

    var waitingItems: Int { entries.count - first }

    /// Lets an item wait. Nil when too much waits already; a queue that is empty takes an item of any size.
    mutating func add(_ item: Item, bytes: Int) -> Ticket? {
        let fits = waitingItems < limits.waitingItems && waitingBytes + bytes <= limits.waitingBytes
        guard fits || waitingItems == 0 else { return nil }
        defer { nextTicket += 1 }
        entries.append(Entry(ticket: nextTicket, item: item, bytes: bytes))
        waitingBytes += bytes
        return nextTicket
    }

    /// Takes an item back. False when it has left already.
    mutating func remove(_ ticket: Ticket) -> Bool {
        guard let index = entries[first...].firstIndex(where: { $0.ticket == ticket }) else { return false }
        waitingBytes -= entries[index].bytes
        entries.remove(at: index)
        return true
    }

    /// The items that leave now, oldest first. Empty when none waits, or when enough batches are on their way.
    mutating func takeBatch() -> [Item] {
        guard first < entries.count, batchesInFlight == 0 || mayLeaveBeside else { return [] }
        var end = first
        var bytes = 0
        while end < entries.count, end - first < limits.batchItems {
            bytes += entries[end].bytes
            if bytes > limits.batchBytes, end > first { break }
            waitingBytes -= entries[end].bytes
            end += 1
        }
        let batch = entries[first..<end].compactMap(\.item)
        // What has left may be megabytes, and its place stays for a while.
        for index in first..<end { entries[index].item = nil }
        first = end
        dropLeft()
        batchesInFlight += 1
        return batch
    }

    private var mayLeaveBeside: Bool {
        batchesInFlight < limits.batchesInFlight
            && (waitingItems >= limits.itemsBeside || waitingBytes >= limits.batchBytes)
    }

    /// A batch is back, however it went.
    mutating func endBatch() {
        precondition(batchesInFlight > 0, "a batch ended that never left")
        batchesInFlight -= 1
    }

    /// The array is compacted now and then instead of shifted each time.
    private mutating func dropLeft() {
        if first == entries.count {
            entries.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= limits.batchItems {
            entries.removeFirst(first)
            first = 0
        }
    }
}
