public import Domain
import EventLoop
public import Telemetry

/// Carries messages from the outbox to the queue: at once when rung, and by looking now and then, so that nothing
/// depends on a ring. Any number of relays may work on one database.
public struct Relay: Sendable {
    private let outbox: any Outbox
    private let queue: any JobQueue
    private let signal: Signal
    private let logger: Logger
    private let pollInterval: Duration
    private let batchSize = 250
    /// What a relay that dies delays its entries by. Longer than a delivery may take, so that a slow broker does not
    /// make two relays publish the same entry.
    private let lease = Duration.seconds(10)

    /// A relay that looks into `outbox` at least every `pollInterval`.
    public init(
        outbox: any Outbox, queue: any JobQueue, signal: Signal, pollInterval: Duration, logger: Logger
    ) {
        self.outbox = outbox
        self.queue = queue
        self.signal = signal
        self.pollInterval = pollInterval
        self.logger = logger
    }

    /// Works until the task is cancelled.
    public func run() async {
        var trouble = Backoff(from: .milliseconds(100), to: .seconds(5))
        while !Task.isCancelled {
            do throws(StoreError) {
                let outcome = try await publishBatch()
                if outcome.isTroubled {
                    await signal.wait(atMost: trouble.next())
                } else {
                    trouble.reset()
                    if !outcome.wasFull { await signal.wait(atMost: pollInterval) }
                }
            } catch {
                logger.warning("the outbox cannot be read", ["reason": "\(error)"])
                await signal.wait(atMost: trouble.next())
            }
        }
    }

    private struct BatchOutcome {
        let wasFull: Bool
        let isTroubled: Bool
    }

    private func publishBatch() async throws(StoreError) -> BatchOutcome {
        let entries = try await outbox.take(limit: batchSize, lease: lease)
        guard !entries.isEmpty else { return BatchOutcome(wasFull: false, isTroubled: false) }
        let outcomes = await queue.publish(entries)
        var published: [PublishedEntry] = []
        var failed: [Int64] = []
        var reason: QueueError?
        for (entry, outcome) in zip(entries, outcomes) {
            switch outcome {
            case .success(let place): published.append(place)
            case .failure(let error):
                failed.append(entry.sequence)
                reason = error
            }
        }
        try await outbox.markPublished(published)
        if let reason {
            logger.warning(
                "messages could not be published", ["count": .integer(failed.count), "reason": "\(reason)"])
            try await outbox.putBack(failed, delay: .seconds(1))
        }
        return BatchOutcome(wasFull: entries.count == batchSize, isTroubled: !failed.isEmpty)
    }
}
