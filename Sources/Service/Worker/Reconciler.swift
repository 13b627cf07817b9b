public import Domain
public import EventLoop
public import Telemetry

/// Finds jobs whose message the broker has forgotten (it restarted without its log, its retention was shorter than
/// the queue, the topic was made anew) and has them published again. The database is the truth: a job that waits
/// and whose message is not among those still to be delivered would otherwise wait for ever.
public struct Reconciler: Sendable {
    private let outbox: any Outbox
    private let source: any JobSource
    private let relaySignal: Signal
    private let interval: Duration
    private let logger: Logger
    private let metrics: WorkerMetrics
    /// A message younger than this may be on its way between the broker's answer and the worker's claim.
    private let grace = Duration.seconds(1)
    /// Republished at a time, so that a long queue does not flood a broker that has just come back.
    private let batchSize = 500

    /// A reconciler that looks every `interval`.
    public init(
        outbox: any Outbox, source: any JobSource, relaySignal: Signal, interval: Duration, logger: Logger,
        metrics: WorkerMetrics = .disabled
    ) {
        self.outbox = outbox
        self.source = source
        self.relaySignal = relaySignal
        self.interval = interval
        self.logger = logger
        self.metrics = metrics
    }

    /// Works until the task is cancelled.
    public func run(on loop: EventLoop) async {
        repeat {
            do {
                try await reconcile()
            } catch {
                logger.warning("lost messages cannot be looked for", ["reason": "\(error)"])
            }
        } while await loop.pause(for: interval)
    }

    private func reconcile() async throws {
        for range in try await outbox.unclaimed(publishedBefore: grace) {
            let present = try await source.undelivered(partition: range.partition)
            if present.contains(range.offsets.lowerBound), present.contains(range.offsets.upperBound) { continue }
            let count = try await outbox.republish(range, outside: present, limit: batchSize)
            guard count > 0 else { continue }
            metrics.republished.add(count)
            logger.notice(
                "messages that the broker has lost are published again",
                ["count": .integer(count), "partition": .integer(Int(range.partition))])
            relaySignal.ring()
        }
    }
}
