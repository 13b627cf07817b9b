import CLibrdkafka
import EventLoop

/// The messages that a consumer has fetched, in a queue of their own beside that of the other events. So a reader that
/// takes its time holds up nothing but the fetching (the library stops at its bounds), while rebalances and
/// commits go on. Used on the loop.
struct MessageQueue: ~Copyable {
    private let queue: OpaquePointer
    private let client: ClientHandle

    /// Rings `bell` whenever the queue turns from empty to filled.
    init(of client: ClientHandle, ringing bell: Int32) {
        self.client = client
        queue = rd_kafka_queue_new(client.pointer)
        var one: UInt64 = 1
        rd_kafka_queue_io_event_enable(queue, bell, &one, MemoryLayout<UInt64>.size)
    }

    /// Frees what is queued. Must happen before the bell and the client go.
    deinit {
        rd_kafka_queue_io_event_enable(queue, -1, nil, 0)
        rd_kafka_queue_destroy(queue)
    }

    /// Leads the messages of a partition here instead of into the events. To be done before it is assigned.
    func collect(_ partition: TopicPartition) {
        guard
            let source = rd_kafka_queue_get_partition(client.pointer, partition.topic, partition.partition)
        else { return }
        rd_kafka_queue_forward(source, queue)
        rd_kafka_queue_destroy(source)
    }

    /// The oldest entry, a message or an error, or nil when there is none right now.
    func next() -> Entry? {
        guard let pointer = rd_kafka_queue_poll(queue, 0) else { return nil }
        let event = ClientEvent(pointer)
        if let end = event.endOfPartition { return .end(end) }
        if let error = event.error { return .failure(error) }
        var entry = Entry.nothing
        event.forEachMessage { entry = .message(KafkaMessage(copying: $0)) }
        return entry
    }

    enum Entry {
        case message(KafkaMessage)
        case failure(KafkaError)
        /// There is nothing more in a partition now; only for clients that ask to be told.
        case end(TopicPartition)
        /// An event without content, such as one that a rebalance made void.
        case nothing
    }
}
