import Domain
import EventLoop
import Kafka
import Queue
import Telemetry
import Worker

/// The connection to Kafka: real brokers, or the embedded one when none are configured. Lives on the first loop.
struct Messaging: Sendable {
    let settings: KafkaConfiguration
    let topics: QueueTopics
    let queue: KafkaJobQueue
    let admin: KafkaAdmin
    /// Open once the topics exist.
    let topicsAreReady: Gate
    /// Rings when a message found its topic missing.
    private let missingTopic: Signal
    private let broker: EmbeddedBroker?
    private let producer: LoopBound<RenewableProducer>
    private let blocking: BlockingThread
    private let logger: Logger

    /// Starts the clients; brokers need not be reachable yet.
    static func open(
        _ configuration: Configuration, context: LoopProgram.Context, logger: Logger, metrics: QueueMetrics
    ) async throws -> Messaging {
        let topics = QueueTopics(configuration.kafka)
        var broker: EmbeddedBroker?
        if configuration.kafka.usesEmbeddedBroker {
            broker = try await context.kafkaBlocking.run { try startBroker(topics) }
            logger.notice("using the embedded broker", ["address": .text(broker?.bootstrapServers ?? "")])
        }
        let servers = broker?.bootstrapServers ?? configuration.kafka.servers.map(\.description).joined(separator: ",")
        let settings = KafkaConfiguration(configuration.kafka, servers: servers, logger: logger)
        let loop = context.mainLoop
        let options = KafkaProducerOptions(
            deliveryTimeout: .seconds(8), linger: .milliseconds(3),
            maxRecordBytes: RecordSize.maximum(inlineBytes: configuration.kafka.maxInlineBytes),
            partitioning: .bySend)
        let blocking = context.kafkaBlocking
        let producer = try RenewableProducer { error in
            logger.warning("the producer failed for good and was replaced", ["reason": "\(error)"])
        } _: { () throws(KafkaError) in
            try KafkaProducer(on: loop, blocking: blocking, configuration: settings, options: options)
        }
        let missingTopic = Signal(on: loop)
        return Messaging(
            settings: settings, topics: topics,
            queue: KafkaJobQueue(
                LoopBound(producer, to: loop), topics: topics, maximumValueBytes: configuration.kafka.maxInlineBytes,
                metrics: metrics, onMissingTopic: { missingTopic.ring() }),
            admin: try KafkaAdmin(on: loop, blocking: context.kafkaAdmin, configuration: settings),
            topicsAreReady: Gate(on: loop), missingTopic: missingTopic, broker: broker,
            producer: LoopBound(producer, to: loop),
            blocking: context.kafkaBlocking, logger: logger)
    }

    private static func startBroker(_ topics: QueueTopics) throws(KafkaError) -> EmbeddedBroker {
        let broker = try EmbeddedBroker()
        for topic in topics.all { try broker.createTopic(topic.name, partitions: topic.partitions) }
        return broker
    }

    /// Makes missing topics, however long it takes the brokers to come up, and again when a message finds its topic
    /// missing: the brokers may have come back without their data, or say so while they start.
    func keepTopics() async {
        while !Task.isCancelled {
            if await makeTopics() {
                topicsAreReady.open()
                await missingTopic.wait()
            } else {
                await missingTopic.wait(atMost: .seconds(1))
            }
        }
    }

    private func makeTopics() async -> Bool {
        do {
            let made = try await TopicProvision(topics).run(admin)
            if !made.isEmpty { logger.notice("topics made", ["names": .text(made.joined(separator: ", "))]) }
            try await producer.value.current.prepare(topics: topics.all.map(\.name))
            return true
        } catch {
            logger.warning("the topics cannot be made yet", ["reason": "\(error)"])
            return false
        }
    }

    /// Ends the tasks that publish, sends what is under way and closes the clients.
    func close(_ tasks: TaskBag) async {
        for name in ["topics", "relay", "kafka health"] { await tasks.cancel(name) }
        let lost = await producer.value.close(flushTimeout: .seconds(5))
        if lost > 0 { logger.notice("messages will be published after the next start", ["count": .integer(lost)]) }
        await admin.close()
        guard let broker else { return }
        do {
            try await blocking.run { broker.close() }
        } catch {
            logger.warning("the embedded broker did not close", ["reason": "\(error)"])
        }
    }
}
