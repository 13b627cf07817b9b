import CLibrdkafka
public import EventLoop

/// Sends records and waits until the brokers have them: idempotent, acknowledged by all in-sync replicas.
///
/// Lives on one loop: make it, use it and close it there; from other threads it traps. It stays alive until `close`.
public final class KafkaProducer: @unchecked Sendable {
    // Safety: all state is touched on `loop` only, which every entry checks.

    /// The loop it lives on.
    public let loop: EventLoop
    let client: Client
    var deliveries = DeliveryTable()
    var isClosing = false
    var whenEmpty: Reply<Void>?
    /// The fatal error that ended the producer, once there is one; every `send` then throws it.
    public private(set) var failure: KafkaError?

    /// Starts a producer. Brokers need not be reachable yet: records wait for them up to the delivery time-out.
    /// Throws `configuration` for settings that do not work, and `system` when descriptors run out. Blocking calls
    /// go to `blocking`, which must outlive the producer.
    public init(
        on loop: EventLoop,
        blocking: BlockingThread,
        configuration: KafkaConfiguration,
        options: KafkaProducerOptions = KafkaProducerOptions()
    ) throws(KafkaError) {
        self.loop = loop
        let settings = try ClientSettings(
            configuration,
            defaults: KafkaProducerOptions.defaults,
            required: options.settings,
            events: RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG
        )
        if options.partitioning == .bySend, configuration.extra["partitioner"] == nil { settings.partitionBySend() }
        client = try Client(RD_KAFKA_PRODUCER, settings, log: configuration.log, on: loop, blocking: blocking)
        client.onEvent = { self.handle($0) }
    }

    /// Records that were accepted and are not yet acknowledged.
    public var pendingCount: Int {
        loop.preconditionInLoop()
        return deliveries.count
    }

    /// Sends one record and returns where it was stored, or throws once it has not been within the delivery
    /// time-out. Not ended by task cancellation: a record that was accepted may be on its way already.
    public func send(_ record: KafkaRecord) async throws(KafkaError) -> KafkaPosition {
        try await send([record])[0].get()
    }

    /// Sends all records, then waits for all. Outcomes are in the order of the records. Records of one partition
    /// are stored in that order, unless an earlier one fails for good.
    public func send(_ records: [KafkaRecord]) async -> [Result<KafkaPosition, KafkaError>] {
        loop.preconditionInLoop()
        guard !records.isEmpty else { return [] }
        let batch = DeliveryBatch(count: records.count, on: loop)
        let number = deliveries.add(batch)
        for (index, record) in records.enumerated() {
            let id = DeliveryID(batch: number, index: index)
            do throws(KafkaError) {
                try enqueue(record, id)
            } catch {
                deliveries.settle(id, .failure(error))
            }
        }
        return await batch.outcomes()
    }

    private func enqueue(_ record: KafkaRecord, _ id: DeliveryID) throws(KafkaError) {
        if isClosing { throw .closed }
        if let failure { throw failure }
        try client.handle.produce(record, id: id.opaque)
    }

    private func handle(_ event: borrowing ClientEvent) {
        switch event.type {
        case RD_KAFKA_EVENT_DR:
            event.forEachMessage { report in
                let id = DeliveryID(opaque: UInt(bitPattern: report.pointee._private))
                deliveries.settle(id, outcome(of: report.pointee))
            }
            if deliveries.isEmpty { whenEmpty?.resolve(()) }
        case RD_KAFKA_EVENT_ERROR:
            // Anything less than fatal is in the log already and shows in the deliveries that it spoils.
            if let error = event.error, error.isFatal { failure = error }
        default:
            break
        }
    }
}

private func outcome(of report: rd_kafka_message_t) -> Result<KafkaPosition, KafkaError> {
    guard report.err == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(KafkaError(report.err)) }
    let topic = String(cString: rd_kafka_topic_name(report.rkt))
    return .success(KafkaPosition(topic: topic, partition: report.partition, offset: report.offset))
}
