import Domain
import EventLoop
import Telemetry
import TestSupport
import Testing
import Worker

/// An outbox in memory.
private final class MemoryOutbox: Outbox, Sendable {
    struct State: Sendable {
        var waiting: [OutboxEntry] = []
        var taken: [OutboxEntry] = []
        var published: [Int64] = []
        var putBack: [Int64] = []
        var lastDelay = Duration.zero
        var unreadable: [Int64] = []
        var parked: [Int64] = []
        var unclaimed: [UnclaimedRange] = []
        var republished: [(UnclaimedRange, Range<Int64>)] = []
        /// What one batch may hold.
        var mostTaken = Int.max
    }

    let state = Lock(State())

    func add(_ sequence: Int64, query: String = "q") {
        let entry = OutboxEntry(
            sequence: sequence, id: jobID(UInt64(sequence)), createdAt: .now,
            content: .request(JobInput(query: query)))
        state.withLock { $0.waiting.append(entry) }
    }

    func take(limit: Int, lease: Duration) async throws(StoreError) -> TakenEntries {
        state.withLock { state in
            let leftCount = max(0, min(state.waiting.count, limit) - state.mostTaken)
            let taken = Array(state.waiting.prefix(min(limit, state.mostTaken)))
            state.waiting.removeFirst(taken.count)
            state.taken += taken
            let unreadable = state.unreadable.map { TakenEntries.Unreadable(sequence: $0, reason: "broken") }
            state.unreadable = []
            return TakenEntries(entries: taken, unreadable: unreadable, leftCount: leftCount)
        }
    }

    func markPublished(_ published: [PublishedEntry]) async throws(StoreError) {
        state.withLock { $0.published += published.map(\.sequence) }
    }

    func putBack(_ sequences: [Int64], delay: Duration) async throws(StoreError) {
        state.withLock { state in
            guard !sequences.isEmpty else { return }
            state.putBack += sequences
            state.lastDelay = delay
            if delay > .seconds(1) { return }
            state.waiting += state.taken.filter { sequences.contains($0.sequence) }
            state.taken.removeAll { sequences.contains($0.sequence) }
        }
    }

    func park(_ sequences: [Int64]) async throws(StoreError) {
        state.withLock { $0.parked += sequences }
    }

    func unclaimed(publishedBefore age: Duration) async throws(StoreError) -> [UnclaimedRange] {
        state.withLock { $0.unclaimed }
    }

    func republish(
        _ range: UnclaimedRange, outside present: Range<Int64>, limit: Int
    ) async throws(StoreError) -> Int {
        state.withLock { state in
            state.republished.append((range, present))
            return 1
        }
    }
}

@Suite("Relay and reconciler")
struct RelayTests {
    @Test("entries are published without waiting for the poll when the relay is rung")
    func rung() async throws {
        try await onLoop { loop in
            let outbox = MemoryOutbox()
            let signal = Signal(on: loop)
            let relay = Relay(
                outbox: outbox, queue: MemoryQueue(), signal: signal, pollInterval: .seconds(600),
                logger: try quietLogger())
            let task = loop.spawn { await relay.run() }
            try await loop.sleep(for: .milliseconds(20))
            outbox.add(1)
            signal.ring()
            #expect(try await eventually(on: loop) { outbox.state.withLock { $0.published } == [1] })
            task.cancel()
            _ = await task.result
        }
    }

    @Test("entries that the broker did not take are put back and published later, each once")
    func retried() async throws {
        try await onLoop { loop in
            let outbox = MemoryOutbox()
            let queue = MemoryQueue()
            queue.failures.withLock { $0 = 2 }
            for sequence in 1...5 { outbox.add(Int64(sequence)) }
            let relay = Relay(
                outbox: outbox, queue: queue, signal: Signal(on: loop), pollInterval: .milliseconds(10),
                logger: try quietLogger())
            let task = loop.spawn { await relay.run() }
            #expect(
                try await eventually(on: loop) { outbox.state.withLock { $0.published.sorted() } == [1, 2, 3, 4, 5] })
            #expect(outbox.state.withLock { $0.putBack.count } == 10)
            #expect(queue.published.withLock { $0.sorted() } == [1, 2, 3, 4, 5])
            task.cancel()
            _ = await task.result
        }
    }

    @Test("an entry that cannot be read is parked, and its neighbours are published")
    func unreadable() async throws {
        try await onLoop { loop in
            let outbox = MemoryOutbox()
            for sequence in 1...3 { outbox.add(Int64(sequence)) }
            outbox.state.withLock { $0.unreadable = [7] }
            try await Self.relay(outbox, MemoryQueue(), on: loop) { () async throws in
                #expect(try await eventually(on: loop) { outbox.state.withLock { $0.published } == [1, 2, 3] })
                #expect(outbox.state.withLock { $0.parked } == [7])
            }
        }
    }

    @Test("a message that the broker will never take does not hold up the others")
    func refused() async throws {
        try await onLoop { loop in
            let outbox = MemoryOutbox()
            outbox.add(1)
            let queue = MemoryQueue()
            queue.refused.withLock { $0 = [1] }
            try await Self.relay(outbox, queue, on: loop) { () async throws in
                #expect(try await eventually(on: loop) { outbox.state.withLock { !$0.putBack.isEmpty } })
                #expect(outbox.state.withLock { $0.lastDelay } >= .seconds(60))
                for sequence in 2...20 { outbox.add(Int64(sequence)) }
                #expect(try await eventually(on: loop) { outbox.state.withLock { $0.published.count } == 19 })
            }
        }
    }

    @Test("batches with much in them count as several of those that may be on their way")
    func heavyBatches() async throws {
        for (bytes, count) in [(0, 8), (3 << 20, 4), (9 << 20, 1)] {
            let query = String(repeating: "x", count: bytes)
            try await onLoop { loop in
                let outbox = MemoryOutbox()
                outbox.state.withLock { $0.mostTaken = 1 }
                let queue = MemoryQueue()
                queue.isHeld.withLock { $0 = true }
                for sequence in 1...12 { outbox.add(Int64(sequence), query: query) }
                try await Self.relay(outbox, queue, on: loop) { () async throws in
                    #expect(try await eventually(on: loop) { queue.underWay.withLock { $0 } == count })
                    try await loop.sleep(for: .milliseconds(50))
                    #expect(queue.underWay.withLock { $0 } == count)
                    queue.isHeld.withLock { $0 = false }
                    #expect(try await eventually(on: loop) { outbox.state.withLock { $0.published.count } == 12 })
                }
            }
        }
    }

    @Test("what was published is marked when the relay ends, too")
    func marksAtTheEnd() async throws {
        try await onLoop { loop in
            let outbox = MemoryOutbox()
            let queue = MemoryQueue()
            try await Self.relay(outbox, queue, on: loop) { () async throws in
                for sequence in 1...3 { outbox.add(Int64(sequence)) }
                #expect(try await eventually(on: loop) { queue.published.withLock { $0.count } == 3 })
            }
            #expect(outbox.state.withLock { $0.published } == [1, 2, 3])
        }
    }

    /// Runs a relay that looks often while `body` runs.
    private static func relay(
        _ outbox: MemoryOutbox, _ queue: MemoryQueue, on loop: EventLoop, _ body: () async throws -> Void
    ) async throws {
        let relay = Relay(
            outbox: outbox, queue: queue, signal: Signal(on: loop), pollInterval: .milliseconds(10),
            logger: try quietLogger())
        let task = loop.spawn { await relay.run() }
        do {
            try await body()
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        _ = await task.result
    }

    @Test(
        "a message outside what is still to be delivered is published again; one inside is left alone",
        arguments: [
            (first: 10, last: 20, present: 0..<100, lost: false),
            (first: 10, last: 20, present: 0..<0, lost: true),
            (first: 10, last: 20, present: 15..<100, lost: true),
            (first: 10, last: 20, present: 0..<20, lost: true),
            (first: 10, last: 20, present: 10..<21, lost: false),
        ] as [(first: Int64, last: Int64, present: Range<Int64>, lost: Bool)])
    func reconciled(first: Int64, last: Int64, present: Range<Int64>, lost: Bool) async throws {
        try await onLoop { loop in
            let outbox = MemoryOutbox()
            let range = UnclaimedRange(partition: 3, count: 2, offsets: first...last, asOf: .now)
            outbox.state.withLock { $0.unclaimed = [range] }
            let looked = Lock(0)
            let source = CountingSource(present: present, looked: looked)
            let reconciler = Reconciler(
                outbox: outbox, source: source, relaySignal: Signal(on: loop), interval: .milliseconds(5),
                logger: try quietLogger())
            let task = loop.spawn { await reconciler.run(on: loop) }
            #expect(try await eventually(on: loop) { looked.withLock { $0 } > 2 })
            task.cancel()
            _ = await task.result
            let republished = outbox.state.withLock { $0.republished }
            #expect(republished.isEmpty == !lost)
            for (what, outside) in republished {
                #expect(what == range)
                #expect(outside == present)
            }
        }
    }
}

/// Counts how often it is asked where the group stands.
private final class CountingSource: JobSource, Sendable {
    private let present: Range<Int64>
    private let looked: Lock<Int>

    init(present: Range<Int64>, looked: Lock<Int>) {
        self.present = present
        self.looked = looked
    }

    func next() async throws -> [JobDelivery] { [] }

    func pause() {}

    func resume() {}

    func onRevoked(_ handler: @escaping @Sendable (Set<Int32>) -> Void) {}

    func acknowledge(_ position: QueuePosition) {}

    func undelivered(partition: Int32) async throws(QueueError) -> Range<Int64> {
        looked.withLock { $0 += 1 }
        return present
    }
}
