public import Domain
public import EventLoop
public import Kafka

/// Jobs from Kafka as a member of the workers' group. Messages may be finished in any order; offsets are committed
/// as far as there is no gap. To be used from tasks of its loop.
public final class KafkaJobSource: JobSource, @unchecked Sendable {
    // Safety: everything is touched on `loop` only; the consumer and `preconditionInLoop` check it.
    private let loop: EventLoop
    private let topic: String
    private(set) var consumer: KafkaConsumer?
    /// Of the partitions that are assigned now.
    var readings: [Int32: PartitionReading] = [:]
    /// The pass that each partition will be read in next: acknowledgements of earlier ones mean other messages.
    private var passes: [Int32: Int] = [:]
    /// Shows single messages of a log; made when it is first needed.
    var logReader: KafkaTopicReader?
    let makeLogReader: () throws(KafkaError) -> KafkaTopicReader
    /// Rings when partitions come, and at the end.
    let assignments: Signal
    private var commitIsPlanned = false
    private var isPausedByWorker = false
    private var onRevoked: (Set<Int32>) -> Void = { _ in }
    let metrics: QueueMetrics
    private let maximumUncommitted: Int
    private let commitDelay = Duration.milliseconds(100)
    let onError: (KafkaError) -> Void
    let onLogLost: (Int32) -> Void
    private static let closed = QueueError("the source is closed", isRetryable: false)

    /// Joins `group` and reads the requests topic. A member that is silent for `sessionTimeout` loses its partitions
    /// to the others. While one message keeps `maximumUncommitted` others from being committed, no more come.
    /// `onError` hears of what the consumer goes on in spite of, `onLogLost` of partitions that turned out to have
    /// another log, see `watchLogs`: without that nothing is committed.
    public init(
        on loop: EventLoop, blocking: BlockingThread, _ configuration: KafkaConfiguration, topics: QueueTopics,
        group: String, sessionTimeout: Duration = .seconds(30), maximumUncommitted: Int = 1_000_000,
        metrics: QueueMetrics = .disabled, onLogLost: @escaping @Sendable (Int32) -> Void = { _ in },
        onError: @escaping @Sendable (KafkaError) -> Void
    ) throws(KafkaError) {
        self.loop = loop
        self.onError = onError
        self.onLogLost = onLogLost
        self.maximumUncommitted = maximumUncommitted
        self.metrics = metrics
        topic = topics.requests.name
        assignments = Signal(on: loop)
        var frugal = configuration
        // One message is wanted, and brokers send a whole batch at least.
        frugal.extra.merge(["fetch.message.max.bytes": "1024", "queued.min.messages": "1"]) { $1 }
        let settings = frugal
        makeLogReader = { () throws(KafkaError) in
            try KafkaTopicReader(on: loop, blocking: blocking, configuration: settings)
        }
        let options = KafkaConsumerOptions(
            group: group, topics: [topics.requests.name], sessionTimeout: sessionTimeout,
            prefetchKibibytes: 16_384)
        consumer = try KafkaConsumer(
            on: loop, blocking: blocking, configuration: configuration, options: options,
            hooks: KafkaConsumerHooks(
                onAssigned: { [weak self] in self?.assign($0) },
                onRevoked: { [weak self] in self?.revoke($0, isLost: $1) ?? [:] },
                onCommitted: { metrics.committed($0) }, onError: onError))
    }

    /// Waits for messages. Throws `QueueError` once the source is closed.
    public func next() async throws -> [JobDelivery] {
        guard let consumer else { throw Self.closed }
        let messages = try await consumer.next(limit: 256)
        metrics.received(messages.count)
        let passes = messages.map { track($0) }
        adjustFlow()
        return zip(messages, passes).map { message, pass in
            let ticket = TicketHeaders.ticket(message)
            return JobDelivery(
                position: QueuePosition(
                    topic: message.topic, partition: message.partition, offset: message.offset, pass: pass),
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
        let uncommitted = readings.values.reduce(0) { $0 + $1.count }
        let isFull = uncommitted >= (consumer.isPaused ? maximumUncommitted / 2 : maximumUncommitted)
        let shouldPause = isPausedByWorker || isFull
        guard shouldPause != consumer.isPaused else { return }
        if shouldPause { consumer.pause() } else { consumer.resume() }
    }

    /// Returns the pass that the message was read in.
    private func track(_ message: KafkaMessage) -> Int {
        let pass = readings[message.partition]?.pass
        readings[message.partition]?.deliver(message)
        guard let newPass = readings[message.partition]?.pass else { return 0 }
        // It has begun anew, which is worth a commit.
        if newPass != pass { planCommit() }
        return newPass
    }

    /// Remembers the offset as finished; the commit follows within 100 ms.
    public func acknowledge(_ position: QueuePosition) {
        loop.preconditionInLoop()
        readings[position.partition]?.finish(position.offset, pass: position.pass)
        planCommit()
    }

    func planCommit() {
        guard !commitIsPlanned else { return }
        commitIsPlanned = true
        _ = loop.schedule(after: commitDelay) { [weak self] in self?.commit() }
    }

    /// What lies between the committed offset and the end of the partition. A committed offset beyond the end is one of
    /// a log that the broker has lost.
    public func undelivered(partition: Int32) async throws(QueueError) -> Range<Int64> {
        guard let consumer else { throw Self.closed }
        let place = place(partition)
        do throws(KafkaError) {
            // In this order: what is committed lies below an end that is asked for later.
            let committed = try await consumer.committed([place])[place]?.offset
            let (low, high) = try await consumer.watermarks(place)
            let start = committed.map { $0 > high ? low : max(low, $0) } ?? low
            return start..<max(start, high)
        } catch {
            throw QueueError(error)
        }
    }

    func place(_ partition: Int32) -> TopicPartition { TopicPartition(topic: topic, partition: partition) }

    /// Commits what is finished and leaves the group.
    public func close() async {
        loop.preconditionInLoop()
        await consumer?.close()
        consumer = nil
        assignments.ring()
    }

    private func commit() {
        commitIsPlanned = false
        adjustFlow()
        consumer?.commitWithoutWaiting(takeCommits(of: Set(readings.keys)))
    }

    private func takeCommits(of partitions: Set<Int32>) -> [TopicPartition: KafkaCommit] {
        var commits: [TopicPartition: KafkaCommit] = [:]
        for partition in partitions {
            if let commit = readings[partition]?.takeCommit() { commits[place(partition)] = commit }
        }
        return commits
    }

    private func assign(_ partitions: Set<TopicPartition>) {
        metrics.rebalanced(.assigned)
        for partition in partitions.map(\.partition) {
            readings[partition] = PartitionReading(pass: passes[partition, default: 0])
        }
        assignments.ring()
    }

    private func revoke(_ places: Set<TopicPartition>, isLost: Bool) -> [TopicPartition: KafkaCommit] {
        metrics.rebalanced(isLost ? .lost : .revoked)
        let partitions = Set(places.map(\.partition))
        let commits = isLost ? [:] : takeCommits(of: partitions)
        for partition in partitions {
            guard let reading = readings.removeValue(forKey: partition) else { continue }
            passes[partition] = reading.pass + 1
        }
        onRevoked(partitions)
        // What had to be remembered of them may have held up the others.
        planCommit()
        return commits
    }
}
