import EventLoop

/// The records that are under way, by the number that their delivery reports will carry.
struct DeliveryTable {
    typealias Entry = (batch: DeliveryBatch, index: Int)

    private var entries: [UInt: Entry] = [:]
    // Zero would read as "no opaque pointer".
    private var nextID: UInt = 1

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ entry: Entry) -> UInt {
        defer { nextID += 1 }
        entries[nextID] = entry
        return nextID
    }

    mutating func remove(_ id: UInt) -> Entry? {
        entries.removeValue(forKey: id)
    }

    mutating func removeAll() -> [Entry] {
        defer { entries.removeAll() }
        return Array(entries.values)
    }
}

/// The records of one `send`: their outcomes, and the task that waits for the last of them.
final class DeliveryBatch {
    typealias Outcome = Result<KafkaPosition, KafkaError>

    private var settled: [Outcome?]
    private var remaining: Int
    private let reply: Reply<Void>

    init(count: Int, on loop: EventLoop) {
        settled = Array(repeating: nil, count: count)
        remaining = count
        reply = Reply(on: loop)
    }

    func settle(_ index: Int, _ outcome: Outcome) {
        guard settled[index] == nil else { return }
        settled[index] = outcome
        remaining -= 1
        if remaining == 0 { reply.resolve(()) }
    }

    func outcomes() async -> [Outcome] {
        await reply.value()
        return settled.map { $0 ?? .failure(.closed) }
    }
}
