public import Domain
public import EventLoop
public import Telemetry

/// Carries messages from the outbox to the queue: at once when rung, and by looking now and then, so that nothing
/// depends on a ring. Any number of relays may work on one database.
public struct Relay: Sendable {
    private let outbox: any Outbox
    private let queue: any JobQueue
    private let signal: Signal
    private let onRequests: @Sendable ([JobTicket]) -> Void
    private let logger: Logger
    private let pollInterval: Duration
    private let batchSize = 500
    /// Several, since a broker may take 40 ms to say that it has a small batch (the embedded one does, whose answers
    /// wait for TCP's delayed acknowledgements), and what comes meanwhile must not wait for that; few, so that under
    /// load batches are large.
    private let batchesInFlight = 8
    /// What each of these may hold of data, tables and texts; a batch with more counts as several.
    private let batchBytes = 2 << 20
    /// What a relay that dies delays its entries by. Longer than a delivery may take, so that a slow broker does not
    /// make two relays publish the same entry.
    private let lease = Duration.seconds(10)
    /// After it a message is tried again that the broker will hardly ever take. It must not hold up the others.
    private let refusedDelay = Duration.seconds(60)

    /// A relay that looks into `outbox` at least every `pollInterval`. `onRequests` hears of jobs that are about to be
    /// published, on the relay's loop: a worker of this process need not wait for their messages.
    public init(
        outbox: any Outbox, queue: any JobQueue, signal: Signal, pollInterval: Duration, logger: Logger,
        onRequests: @escaping @Sendable ([JobTicket]) -> Void = { _ in }
    ) {
        self.outbox = outbox
        self.queue = queue
        self.signal = signal
        self.pollInterval = pollInterval
        self.logger = logger
        self.onRequests = onRequests
    }

    /// What the batches in flight share. Lives on the relay's loop.
    private final class Progress {
        let slots: WeightedSemaphore
        let marks: PublishedMarks
        var isTroubled = false

        init(slots: WeightedSemaphore, marks: PublishedMarks) {
            self.slots = slots
            self.marks = marks
        }
    }

    /// Works until the task is cancelled; to be called from a task of a loop.
    public func run() async {
        guard let loop = EventLoop.current else { preconditionFailure("a relay runs on a loop") }
        let marks = LoopBound(PublishedMarks(on: loop, outbox, logger), to: loop)
        await withTaskGroup(of: Void.self) { writer in
            writer.addTask(executorPreference: loop) { await marks.value.run() }
            let progress = Progress(slots: WeightedSemaphore(batchesInFlight), marks: marks.value)
            await publish(on: loop, LoopBound(progress, to: loop))
            writer.cancelAll()
        }
        // Of the batches that ended after the writer.
        await marks.value.write()
    }

    private func publish(on loop: EventLoop, _ progress: LoopBound<Progress>) async {
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(5))
        var limit = batchSize
        await withDiscardingTaskGroup { batches in
            while await progress.value.slots.acquire(1, on: loop) {
                do throws(StoreError) {
                    let taken = try await outbox.take(limit: limit, lease: lease)
                    var slotCount = slotCount(of: taken)
                    // What is taken is published also by a relay that is about to end.
                    if slotCount > 1, !(await progress.value.slots.acquire(slotCount - 1, on: loop)) { slotCount = 1 }
                    batches.addTask(executorPreference: loop) {
                        await deliver(taken, progress.value)
                        progress.value.slots.release(slotCount)
                    }
                    let isLast = taken.count < limit && taken.leftCount == 0
                    limit = taken.leftCount > 0 ? max(1, min(batchSize, 2 * taken.count)) : batchSize
                    if progress.value.isTroubled {
                        await signal.wait(atMost: trouble.next())
                    } else {
                        trouble.reset()
                        let pause = taken.next ?? (isLast ? pollInterval : .zero)
                        if pause > .zero { await signal.wait(atMost: min(pause, pollInterval)) }
                    }
                } catch {
                    logger.warning("the outbox cannot be read", ["reason": "\(error)"])
                    progress.value.slots.release(1)
                    await signal.wait(atMost: trouble.next())
                }
            }
        }
    }

    /// How many of the batches that may be in flight this one counts for.
    private func slotCount(of taken: TakenEntries) -> Int {
        min(batchesInFlight, 1 + taken.entries.reduce(0) { $0 + $1.bytes } / batchBytes)
    }

    private func deliver(_ taken: TakenEntries, _ progress: Progress) async {
        do throws(StoreError) {
            if !taken.unreadable.isEmpty { try await park(taken.unreadable) }
            guard !taken.entries.isEmpty else { return }
            onRequests(taken.entries.compactMap(\.ticket))
            let outcomes = await queue.publish(taken.entries)
            progress.marks.add(outcomes.compactMap(\.place))
            let isTroubled = try await putBack(taken.entries, outcomes)
            progress.isTroubled = isTroubled
        } catch {
            logger.warning("the outbox cannot be written", ["reason": "\(error)"])
            progress.isTroubled = true
        }
    }

    /// Puts back what the broker did not take. True when it may be the broker's fault.
    private func putBack(
        _ entries: [OutboxEntry], _ outcomes: [Result<PublishedEntry, QueueError>]
    ) async throws(StoreError) -> Bool {
        var later: [Int64] = []
        var muchLater: [Int64] = []
        var reason: QueueError?
        for (entry, outcome) in zip(entries, outcomes) {
            guard case .failure(let error) = outcome else { continue }
            if error.isRetryable { later.append(entry.sequence) } else { muchLater.append(entry.sequence) }
            reason = error
        }
        guard let reason else { return false }
        logger.warning(
            "messages could not be published",
            ["count": .integer(later.count + muchLater.count), "reason": "\(reason)"])
        try await outbox.putBack(later, delay: .seconds(1))
        try await outbox.putBack(muchLater, delay: refusedDelay)
        return !later.isEmpty
    }

    private func park(_ unreadable: [TakenEntries.Unreadable]) async throws(StoreError) {
        for entry in unreadable {
            logger.error(
                "an outbox entry cannot be read and is parked",
                ["sequence": .integer(Int(entry.sequence)), "reason": .text(entry.reason)])
        }
        try await outbox.park(unreadable.map(\.sequence))
    }
}

extension OutboxEntry {
    /// The ticket of a request, unless its client is not known.
    fileprivate var ticket: JobTicket? {
        guard case .request(let input) = content, let client else { return nil }
        return JobTicket(id: id, client: client, priority: input.priority, createdAt: createdAt)
    }
}

extension Result where Success == PublishedEntry {
    fileprivate var place: PublishedEntry? {
        if case .success(let place) = self { place } else { nil }
    }
}
