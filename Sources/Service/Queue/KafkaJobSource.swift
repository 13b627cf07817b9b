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
    private let commitDelay = Duration.milliseconds(100)
    private let onError: (KafkaError) -> Void
    private static let closed = QueueError("the source is closed", isRetryable: false)

    /// Joins `group` and reads the requests topic. A member that is silent for `sessionTimeout` loses its partitions
    /// to the others. `onError` hears of what the consumer goes on in spite of.
    public init(
        on loop: EventLoop, blocking: BlockingThread, _ configuration: KafkaConfiguration, topics: QueueTopics,
        group: String, sessionTimeout: Duration = .seconds(30), onError: @escaping @Sendable (KafkaError) -> Void
    ) throws(KafkaError) {
        self.loop = loop
        self.onError = onError
        topic = topics.requests.name
        let options = KafkaConsumerOptions(
            group: group, topics: [topics.requests.name], sessionTimeout: sessionTimeout)
        consumer = try KafkaConsumer(
            on: loop, blocking: blocking, configuration: configuration, options: options,
            hooks: KafkaConsumerHooks(
                onRevoked: { [weak self] in self?.revoke($0, isLost: $1) ?? [:] }, onError: onError))
    }

    /// Waits for messages. Throws `QueueError` once the source is closed.
    public func next() async throws -> [JobDelivery] {
        guard let consumer else { throw Self.closed }
        let messages = try await consumer.next(limit: 64)
        return messages.map { message in
            track(message)
            return JobDelivery(
                position: QueuePosition(topic: message.topic, partition: message.partition, offset: message.offset),
                key: message.key, value: message.value)
        }
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
        guard !commitIsPlanned else { return }
        commitIsPlanned = true
        _ = loop.schedule(after: commitDelay) { [weak self] in self?.commit() }
    }

    /// What lies between the committed offset and the end of the partition.
    public func undelivered(partition: Int32) async throws(QueueError) -> Range<Int64> {
        guard let consumer else { throw Self.closed }
        let place = TopicPartition(topic: topic, partition: partition)
        do throws(KafkaError) {
            let (low, high) = try await consumer.watermarks(place)
            let committed = try await consumer.committed([place])[place] ?? low
            let start = max(low, committed)
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

    private func commit() {
        commitIsPlanned = false
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
        let offsets = isLost ? [:] : takeCommits(of: partitions)
        for partition in partitions {
            trackers[partition] = nil
            lastOffsets[partition] = nil
        }
        return offsets
    }
}
