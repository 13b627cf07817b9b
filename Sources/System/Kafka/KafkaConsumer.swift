import CLibrdkafka
public import EventLoop

/// A member of a consumer group. Messages are pulled with `next`, offsets are committed by hand, partitions come and
/// go by incremental rebalancing (KIP-429), or all at once in a group that still works so.
///
/// Lives on one loop: make it, use it and close it there; from other threads it traps. It stays alive until `close`.
public final class KafkaConsumer: @unchecked Sendable {
    // Safety: all state is touched on `loop` only, which every entry checks.

    /// The loop it lives on.
    public let loop: EventLoop
    let client: Client
    var hooks: KafkaConsumerHooks
    /// Nil once the consumer closes.
    var messages: MessageQueue?
    var waiting: Reply<Void>?
    var commits = CommitTable()
    /// The partitions this member reads now.
    public internal(set) var assignment: Set<TopicPartition> = []
    /// Those of `assignment` that the library was told to hold up.
    var held: Set<TopicPartition> = []
    /// Whether the application asked for a pause.
    public internal(set) var isPaused = false
    /// The fatal error that ended the consumer, once there is one; `next` then throws it.
    public private(set) var failure: KafkaError?
    var hasBeenAssigned = false
    var isClosing = false
    var closed: Reply<Void>?
    var pokeTimer: TimerToken?
    private let pokeInterval: Duration

    /// Joins the group. Brokers need not be reachable yet. Throws `configuration` for settings that do not work, and
    /// `system` when descriptors run out. Blocking calls go to `blocking`, which must outlive the consumer.
    public init(
        on loop: EventLoop,
        blocking: BlockingThread,
        configuration: KafkaConfiguration,
        options: KafkaConsumerOptions,
        hooks: KafkaConsumerHooks = KafkaConsumerHooks()
    ) throws(KafkaError) {
        self.loop = loop
        self.hooks = hooks
        pokeInterval = options.maxPollInterval / 3
        let settings = try ClientSettings(
            configuration,
            defaults: options.defaults,
            required: options.settings,
            events: RD_KAFKA_EVENT_FETCH | RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_OFFSET_COMMIT
                | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG
        )
        client = try Client(RD_KAFKA_CONSUMER, settings, log: configuration.log, on: loop, blocking: blocking)
        do throws(KafkaError) {
            try client.handle.subscribe(to: options.topics)
        } catch {
            client.abandon()
            throw error
        }
        messages = MessageQueue(of: client.handle, ringing: client.bellDescriptor)
        client.onEvent = { self.handle($0) }
        client.onDrained = { self.proceed() }
        schedulePoke()
    }

    /// Polls in time even when nothing arrives: a member that does not poll within `max.poll.interval.ms` is put
    /// out of its group.
    private func schedulePoke() {
        pokeTimer = loop.schedule(after: pokeInterval) {
            self.client.drain()
            self.schedulePoke()
        }
    }

    private func handle(_ event: borrowing ClientEvent) {
        switch event.type {
        case RD_KAFKA_EVENT_REBALANCE: rebalance(event)
        case RD_KAFKA_EVENT_OFFSET_COMMIT: finishCommit(event)
        case RD_KAFKA_EVENT_ERROR: if let error = event.error { report(error) }
        default: break
        }
    }

    /// The bell has rung: there may be messages, or the library may have left the group.
    private func proceed() {
        waiting?.resolve(())
        checkClosed()
    }

    func report(_ error: KafkaError) {
        if error.isFatal {
            failure = error
            waiting?.resolve(())
        }
        hooks.onError(error)
    }
}
