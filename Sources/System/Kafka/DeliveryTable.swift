import EventLoop

/// The records that are under way, by the number that their delivery reports will carry.
struct DeliveryTable {
    private var batches: [UInt: DeliveryBatch] = [:]
    // Zero would read as "no opaque pointer".
    private var nextNumber: UInt = 1
    /// How many records are under way.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Takes the records of one `send` in; returns the number of their batch.
    mutating func add(_ batch: DeliveryBatch) -> UInt {
        defer { nextNumber += 1 }
        batches[nextNumber] = batch
        count += batch.count
        return nextNumber
    }

    /// Tells a record's outcome to its batch, unless that has heard of it before.
    mutating func settle(_ id: DeliveryID, _ outcome: DeliveryBatch.Outcome) {
        guard let batch = batches[id.batch], batch.settle(id.index, outcome) else { return }
        count -= 1
        if batch.isSettled { batches[id.batch] = nil }
    }

    /// Tells all that are still under way the same.
    mutating func settleAll(_ outcome: DeliveryBatch.Outcome) {
        for batch in batches.values {
            for index in 0..<batch.count { _ = batch.settle(index, outcome) }
        }
        batches.removeAll()
        count = 0
    }
}

/// The number of a record under way: that of its batch, and its place there.
struct DeliveryID {
    /// From 1 on.
    let batch: UInt
    let index: Int
    /// A machine word has room for both; nobody has so many records in memory.
    private static let indexBits: UInt = 32

    init(batch: UInt, index: Int) {
        self.batch = batch
        self.index = index
    }

    /// What a delivery report carries.
    init(opaque: UInt) {
        batch = opaque >> Self.indexBits
        index = Int(opaque & (1 << Self.indexBits - 1))
    }

    /// What a record carries.
    var opaque: UInt { batch << Self.indexBits | UInt(index) }

    /// A partition of so many for all records of a batch. Numbers of batches follow each other, and kinds of batches
    /// may as well, so they are mixed (Fibonacci hashing).
    func partition(of count: Int32) -> Int32 {
        let mixed = (UInt64(batch) &* 0x9E37_79B9_7F4A_7C15) >> 32
        return Int32((mixed * UInt64(max(1, count))) >> 32)
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

    var count: Int { settled.count }
    var isSettled: Bool { remaining == 0 }

    /// False when the outcome of this record was known.
    func settle(_ index: Int, _ outcome: Outcome) -> Bool {
        guard settled[index] == nil else { return false }
        settled[index] = outcome
        remaining -= 1
        if remaining == 0 { reply.resolve(()) }
        return true
    }

    func outcomes() async -> [Outcome] {
        await reply.value()
        return settled.map { $0 ?? .failure(.closed) }
    }
}
