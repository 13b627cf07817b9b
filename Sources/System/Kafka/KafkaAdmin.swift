import CLibrdkafka
public import EventLoop

/// Looks at a cluster and creates topics on it.
///
/// Lives on one loop: make it, use it and close it there; from other threads it traps. It stays alive until `close`.
public final class KafkaAdmin: @unchecked Sendable {
    // Safety: all state is touched on `loop` only, which every entry checks.

    /// The loop it lives on.
    public let loop: EventLoop
    let client: Client
    var creations: [UInt: Reply<Creation>] = [:]
    var nextID: UInt = 1
    var isClosing = false

    /// The outcome for each topic, or why there is none at all.
    typealias Creation = Result<[String: KafkaTopicOutcome], KafkaError>

    /// Starts an admin client. Brokers need not be reachable yet. Throws `configuration` for settings that do not
    /// work, and `system` when descriptors run out. Blocking calls go to `blocking`, which must outlive it.
    public init(
        on loop: EventLoop, blocking: BlockingThread, configuration: KafkaConfiguration
    ) throws(KafkaError) {
        self.loop = loop
        let settings = try ClientSettings(
            configuration, defaults: Defaults.common, events: RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG)
        client = try Client(RD_KAFKA_PRODUCER, settings, log: configuration.log, on: loop, blocking: blocking)
        client.onEvent = { self.finishCreation($0) }
    }

    /// Asks the cluster a small question. Throws `unavailable` or `timedOut` when no broker answers in time. Waits
    /// on the blocking thread.
    public func ping(timeout: Duration = .seconds(5)) async throws(KafkaError) -> KafkaReachability {
        loop.preconditionInLoop()
        if isClosing { throw .closed }
        return try await client.runBlocking { handle in
            let start = MonotonicTime.now
            return handle.metadata(ofAllTopics: false, timeout: timeout).map { brokers, _ in
                KafkaReachability(latency: MonotonicTime.now - start, brokers: brokers)
            }
        }
    }

    /// The cluster's topics, without Kafka's internal ones, by name. Waits on the blocking thread.
    public func listTopics(timeout: Duration = .seconds(10)) async throws(KafkaError) -> [KafkaTopic] {
        loop.preconditionInLoop()
        if isClosing { throw .closed }
        return try await client.runBlocking { handle in
            handle.metadata(ofAllTopics: true, timeout: timeout).map(\.topics)
        }
    }

    /// The settings that are in force for topics, whether their own or the brokers', by topic and by Kafka's names such
    /// as `max.message.bytes`. Topics that do not exist or that we may not ask about are left out. Throws `unsupported`
    /// where brokers do not know the operation (the embedded broker does not). Waits on the blocking thread.
    public func settings(
        ofTopics names: Set<String>, timeout: Duration = .seconds(10)
    ) async throws(KafkaError) -> [String: [String: String]] {
        loop.preconditionInLoop()
        guard !names.isEmpty else { return [:] }
        if isClosing { throw .closed }
        try await checkSupport(timeout)
        if isClosing { throw .closed }
        return try await client.runBlocking { $0.settings(ofTopics: names, timeout: timeout) }
    }

    /// Frees the client. `createTopics` calls that still wait get `closed`. Only the first call does the work.
    public func close() async {
        loop.preconditionInLoop()
        guard !isClosing else { return }
        isClosing = true
        for reply in creations.values { reply.resolve(.failure(.closed)) }
        creations.removeAll()
        await client.shutdown()
    }
}
