public import Domain
public import EventLoop
public import Kafka

/// Jobs from Kafka as a member of the workers' group. Messages may be finished in any order; offsets are committed
/// as far as there is no gap. To be used from tasks of its loop.
public final class KafkaJobSource: JobSource, @unchecked Sendable {
    // Safety: everything is touched on `loop` only; the consumer and `preconditionInLoop` check it.
    private let loop: EventLoop
    private let topic: String
    private var consumer: KafkaConsumer?
    private var trackers: [TopicPartition: OffsetTracker] = [:]
    private var lastOffsets: [TopicPartition: Int64] = [:]
    private var commitIsPlanned = false
    private var isPausedByWorker = false
    private var onRevoked: (Set<Int32>) -> Void = { _ in }
    private let metrics: QueueMetrics
    private let maximumUncommitted: Int
    private let commitDelay = Duration.milliseconds(100)
    private let onError: (KafkaError) -> Void
    private static let closed = QueueError("the source is closed", isRetryable: false)

    /// Joins `group` and reads the requests topic. A member that is silent for `sessionTimeout` loses its partitions
    /// to the others. While one message keeps `maximumUncommitted` others from being committed, no more come.
    /// `onError` hears of what the consumer goes on in spite of.
    public init(
        on loop: EventLoop, blocking: BlockingThread, _ configuration: KafkaConfiguration, topics: QueueTopics,
        group: String, sessionTimeout: Duration = .seconds(30), maximumUncommitted: Int = 1_000_000,
        metrics: QueueMetrics = .disabled, onError: @escaping @Sendable (KafkaError) -> Void
    ) throws(KafkaError) {
        self.loop = loop
        self.onError = onError
        self.maximumUncommitted = maximumUncommitted
        self.metrics = metrics
        topic = topics.requests.name
        let options = KafkaConsumerOptions(
            group: group, topics: [topics.requests.name], sessionTimeout: sessionTimeout)
        consumer = try KafkaConsumer(
            on: loop, blocking: blocking, configuration: configuration, options: options,
            hooks: KafkaConsumerHooks(
                onAssigned: { _ in metrics.rebalanced(.assigned) },
                onRevoked: { [weak self] in self?.revoke($0, isLost: $1) ?? [:] },
                onCommitted: { metrics.committed($0) }, onError: onError))
    }

    /// Waits for messages. Throws `QueueError` once the source is closed.
    public func next() async throws -> [JobDelivery] {
        guard let consumer else { throw Self.closed }
        let messages = try await consumer.next(limit: 256)
        metrics.received(messages.count)
        for message in messages { track(message) }
        adjustFlow()
        return messages.map { message in
            let ticket = TicketHeaders.ticket(message)
            return JobDelivery(
                position: QueuePosition(topic: message.topic, partition: message.partition, offset: message.offset),
                key: message.key, value: ticket == nil ? message.value : nil, ticket: ticket,
                trace: ticket == nil ? TicketHeaders.trace(message) : nil)
        }
    }

    /// Stops fetching.
    public func pause() {
        loop.preconditionInLoop()
        isPausedByWorker = true
        adjustFlow()
    }

    /// Fetches on, after up to a second.
    public func resume() {
        loop.preconditionInLoop()
        isPausedByWorker = false
        adjustFlow()
    }

    /// The partitions of the requests topic that this member reads now.
    var assignedPartitions: Set<Int32> { Set(consumer?.assignment.map(\.partition) ?? []) }

    func tell(lag partitions: [Int32: Int64]) { metrics.set(lag: partitions, of: topic) }

    /// Whether no messages come for now.
    var isHeldUp: Bool { consumer?.isPaused ?? true }

    /// Replaces the handler.
    public func onRevoked(_ handler: @escaping @Sendable (Set<Int32>) -> Void) {
        loop.preconditionInLoop()
        onRevoked = handler
    }

    /// Two reasons to hold the flow up: the worker has enough, or a message that takes its time keeps so many others
    /// from being committed that remembering them has to end.
    private func adjustFlow() {
        guard let consumer else { return }
        let uncommitted = trackers.values.reduce(0) { $0 + $1.count }
        let isFull = uncommitted >= (consumer.isPaused ? maximumUncommitted / 2 : maximumUncommitted)
        let shouldPause = isPausedByWorker || isFull
        guard shouldPause != consumer.isPaused else { return }
        if shouldPause { consumer.pause() } else { consumer.resume() }
    }

    /// While a partition is assigned its offsets only grow, unless it has lost its log and begins anew: then what is
    /// known about the old offsets means nothing, and would keep the new ones from being committed.
    private func track(_ message: KafkaMessage) {
        let partition = message.topicPartition
        if let last = lastOffsets[partition], message.offset <= last { trackers[partition] = nil }
        lastOffsets[partition] = message.offset
        trackers[partition, default: OffsetTracker()].deliver(message.offset)
    }

    /// Remembers the offset as finished; the commit follows within 100 ms.
    public func acknowledge(_ position: QueuePosition) {
        loop.preconditionInLoop()
        let partition = TopicPartition(topic: position.topic, partition: position.partition)
        trackers[partition]?.finish(position.offset)
        planCommit()
    }

    private func planCommit() {
        guard !commitIsPlanned else { return }
        commitIsPlanned = true
        _ = loop.schedule(after: commitDelay) { [weak self] in self?.commit() }
    }

    /// What lies between the committed offset and the end of the partition.
    ///
    /// A committed offset beyond the end is one of a log that the broker has lost: a member that still had messages of
    /// it has finished them since. Whoever reads the partition next would skip what the new log has gained up to there,
    /// so it is taken back.
    public func undelivered(partition: Int32) async throws(QueueError) -> Range<Int64> {
        guard let consumer else { throw Self.closed }
        let place = TopicPartition(topic: topic, partition: partition)
        do throws(KafkaError) {
            // In this order: what is committed lies below an end that is asked for later.
            let committed = try await consumer.committed([place])[place]
            let (low, high) = try await consumer.watermarks(place)
            if let committed, committed > high { takeBack(place, to: low) }
            let start = committed.map { $0 > high ? low : max(low, $0) } ?? low
            return start..<max(start, high)
        } catch {
            throw QueueError(error)
        }
    }

    /// Commits what is finished and leaves the group.
    public func close() async {
        loop.preconditionInLoop()
        await consumer?.close()
        consumer = nil
    }

    /// What this member has finished of the lost log must not be committed either.
    private func takeBack(_ partition: TopicPartition, to offset: Int64) {
        trackers[partition] = nil
        lastOffsets[partition] = nil
        consumer?.commitWithoutWaiting([partition: offset])
    }

    private func commit() {
        commitIsPlanned = false
        adjustFlow()
        consumer?.commitWithoutWaiting(takeCommits(of: Set(trackers.keys)))
    }

    private func takeCommits(of partitions: Set<TopicPartition>) -> [TopicPartition: Int64] {
        var offsets: [TopicPartition: Int64] = [:]
        for partition in partitions {
            if let offset = trackers[partition]?.takeCommit() { offsets[partition] = offset }
        }
        return offsets
    }

    private func revoke(_ partitions: Set<TopicPartition>, isLost: Bool) -> [TopicPartition: Int64] {
        metrics.rebalanced(isLost ? .lost : .revoked)
        let offsets = isLost ? [:] : takeCommits(of: partitions)
        for partition in partitions {
            trackers[partition] = nil
            lastOffsets[partition] = nil
        }
        onRevoked(Set(partitions.map(\.partition)))
        // What had to be remembered of them may have held up the others.
        planCommit()
        return offsets
    }
}
