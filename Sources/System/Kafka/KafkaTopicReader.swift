import CLibrdkafka
public import EventLoop

/// Reads a topic, or parts of it, up to its end as of now. It is a member of no group and commits nothing, so it may
/// look at what others read without disturbing them.
///
/// Lives on one loop: make it, use it and close it there; from other threads it traps. It stays alive until `close`.
public final class KafkaTopicReader: @unchecked Sendable {
    // Safety: all state is touched on `loop` only, which every entry checks.

    /// The loop it lives on.
    public let loop: EventLoop
    let client: Client
    /// Nil once the reader closes.
    private var messages: MessageQueue?
    private var waiting: Reply<Void>?
    private var failure: KafkaError?
    private static let collectInterval = Duration.milliseconds(50)

    /// Starts a reader. Brokers need not be reachable yet. Throws `configuration` for settings that do not work, and
    /// `system` when descriptors run out. Blocking calls go to `blocking`, which must outlive the reader. `group` is
    /// whose commits it can look at.
    public init(
        on loop: EventLoop, blocking: BlockingThread, configuration: KafkaConfiguration, group: String? = nil
    ) throws(KafkaError) {
        self.loop = loop
        let settings = try ClientSettings(
            configuration, defaults: Defaults.common,
            required: [
                // The library wants a name for assigned partitions, too; brokers hear of it only if it is subscribed.
                ("group.id", group ?? configuration.clientID + "-reader"), ("auto.offset.reset", "earliest"),
                ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
                ("enable.partition.eof", "true"),
            ],
            events: RD_KAFKA_EVENT_FETCH | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG)
        client = try Client(RD_KAFKA_CONSUMER, settings, log: configuration.log, on: loop, blocking: blocking)
        messages = MessageQueue(of: client.handle, ringing: client.bellDescriptor)
        client.onEvent = { event in
            if let error = event.error, error.isFatal { self.failure = error }
        }
        client.onDrained = { self.waiting?.resolve(()) }
    }

    /// Hands every message that `topic` holds now to `take`, oldest first in each partition, until `take` returns
    /// false. Messages that come meanwhile are left out. `part` tells which offsets of a partition are wanted, of those
    /// that are there. Throws `timedOut` when nothing comes for as long as `patience`, and `rejected` for a topic that
    /// does not exist. To be called once: what is still fetched for one call would come in the next.
    public func read(
        _ topic: String, patience: Duration = .seconds(10),
        part: (_ partition: Int32, _ present: Range<Int64>) -> Range<Int64> = { $1 },
        _ take: (KafkaMessage) async -> Bool
    ) async throws(KafkaError) {
        loop.preconditionInLoop()
        if messages == nil { throw .closed }
        let present = try await client.runBlocking { $0.presentOffsets(of: topic, timeout: patience) }
        var wanted: [TopicPartition: Range<Int64>] = [:]
        for (partition, offsets) in present {
            let offsets = part(partition.partition, offsets).clamped(to: offsets)
            if !offsets.isEmpty { wanted[partition] = offsets }
        }
        var ends = wanted.mapValues(\.upperBound)
        guard !ends.isEmpty else { return }
        try assign(wanted.mapValues(\.lowerBound))
        // From the first look that finds nothing on: what `take` does may last.
        var deadline: MonotonicTime?
        while !ends.isEmpty {
            guard messages != nil else { throw .closed }
            if let failure { throw failure }
            let entry = messages?.next()
            deadline = entry == nil ? deadline ?? .now + patience : nil
            switch entry {
            case .message(let message):
                guard let end = ends[message.topicPartition] else { continue }
                if message.offset < end, await !take(message) { return }
                if message.offset + 1 >= end { ends[message.topicPartition] = nil }
            // The last messages may be ones that nobody gets to see, such as a transaction's marks.
            case .end(let partition): ends[partition] = nil
            case .failure(let error): if error.isFatal { throw error }
            case .nothing: break
            case nil: try await waitForMessages(until: deadline ?? .now, of: ends.keys)
            }
        }
    }

    /// The message at the given offset of each partition or, where that is missing, the next one after it. Partitions
    /// that have none there are missing from the answer. Throws `timedOut` when the brokers have not shown all of it
    /// within `patience`. Not to be used while a `read` is under way.
    public func messages(
        at offsets: [TopicPartition: Int64], patience: Duration = .seconds(5)
    ) async throws(KafkaError) -> [TopicPartition: KafkaMessage] {
        loop.preconditionInLoop()
        if messages == nil { throw .closed }
        guard !offsets.isEmpty else { return [:] }
        let deadline = MonotonicTime.now + patience
        try assign(offsets)
        // Nothing more is fetched until the next call.
        defer { rd_kafka_assign(client.handle.pointer, nil) }
        var found: [TopicPartition: KafkaMessage] = [:]
        var open = Set(offsets.keys)
        while !open.isEmpty {
            guard messages != nil else { throw .closed }
            if let failure { throw failure }
            switch messages?.next() {
            case .message(let message):
                // From a place before it when the log ends below the offset: then nothing is there.
                guard open.remove(message.topicPartition) != nil, message.offset >= offsets[message.topicPartition] ?? 0
                else { continue }
                found[message.topicPartition] = message
            case .end(let partition): open.remove(partition)
            case .failure(let error): if error.isFatal { throw error }
            case .nothing: break
            case nil: try await waitForMessages(until: deadline, of: open)
            }
        }
        return found
    }

    private func assign(_ offsets: [TopicPartition: Int64]) throws(KafkaError) {
        for partition in offsets.keys { messages?.collect(partition) }
        let code = PartitionList(offsets).withPointer { rd_kafka_assign(client.handle.pointer, $0) }
        try KafkaError.check(code)
    }

    /// Waits for news, or for a moment, after which what has come is to be looked for without any.
    ///
    /// The library ends an assignment in the background and then no longer leads the partition's messages here, even
    /// when the next assignment has begun. So they are led here again and again; what lies there comes along, but rings
    /// no bell.
    private func waitForMessages(
        until deadline: MonotonicTime, of partitions: some Collection<TopicPartition>
    ) async throws(KafkaError) {
        guard MonotonicTime.now < deadline else { throw .gaveUpWaiting }
        let arrival = Reply<Void>(on: loop)
        waiting = arrival
        defer { waiting = nil }
        for partition in partitions { messages?.collect(partition) }
        await arrival.value(within: min(Self.collectInterval, deadline - .now))
    }

    /// Frees the client; a `read` under way ends with `closed`. Freeing it is not waited for longer than a second. Only
    /// the first call does the work.
    public func close() async {
        loop.preconditionInLoop()
        guard messages != nil else { return }
        messages = nil
        waiting?.resolve(())
        await client.shutdown(.destroyedInBackground(patience: .seconds(1)))
    }
}

extension ClientHandle {
    /// The offsets that each partition of `topic` holds. Blocks up to `timeout` for all of them together.
    func presentOffsets(
        of topic: String, timeout: Duration
    ) -> Result<[TopicPartition: Range<Int64>], KafkaError> {
        let deadline = MonotonicTime.now + timeout
        let listing = metadata(ofAllTopics: true, timeout: timeout)
        guard case .success(let (_, topics)) = listing else { return listing.map { _ in [:] } }
        guard let found = topics.first(where: { $0.name == topic }) else {
            return .failure(KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC))
        }
        var ranges: [TopicPartition: Range<Int64>] = [:]
        for partition in 0..<Int32(found.partitions) {
            var low: Int64 = 0
            var high: Int64 = 0
            let code = rd_kafka_query_watermark_offsets(
                pointer, topic, partition, &low, &high, (deadline - .now).cMilliseconds)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(KafkaError(code)) }
            ranges[TopicPartition(topic: topic, partition: partition)] = low..<max(low, high)
        }
        return .success(ranges)
    }
}
