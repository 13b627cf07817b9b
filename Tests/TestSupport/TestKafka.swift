public import EventLoop
import Glibc
public import Kafka

/// A Kafka cluster for one test, and a loop and a blocking thread to talk to it from.
///
/// `KAFKA_BOOTSTRAP_SERVERS` names a real cluster; without it each test gets an embedded broker of its own. Names
/// of topics and groups carry a random tail, so tests do not meet on a shared cluster.
public struct TestKafka: Sendable {
    /// The loop that the test body runs on.
    public let loop: EventLoop
    /// For the blocking calls of clients.
    public let blocking: BlockingThread
    /// The cluster's address.
    public let bootstrapServers: String
    /// The broker in this process; nil on a real cluster.
    public let embedded: EmbeddedBroker?

    /// Whether `KAFKA_BOOTSTRAP_SERVERS` names a real cluster.
    public static var isReal: Bool { realServers != nil }

    /// What a service needs to use the real cluster under names that nobody else has; empty when there is none.
    public static func sharedSettings() -> [String: String] {
        guard let realServers else { return [:] }
        let tail = String(UInt64.random(in: 0 ... .max), radix: 36)
        return [
            "KAFKA_BOOTSTRAP_SERVERS": realServers, "KAFKA_CONSUMER_GROUP": "group-\(tail)",
            "KAFKA_TOPIC_REQUESTS": "requests-\(tail)", "KAFKA_TOPIC_RESPONSES": "responses-\(tail)",
            "KAFKA_TOPIC_DLQ": "dlq-\(tail)",
        ]
    }

    private static var realServers: String? {
        guard let value = getenv("KAFKA_BOOTSTRAP_SERVERS") else { return nil }
        let servers = String(cString: value)
        return servers.isEmpty ? nil : servers
    }

    /// Runs `body` on a fresh loop and takes everything down afterwards. The body closes the clients it makes.
    /// With `embedded` the broker is an embedded one in any case, for tests that break it.
    @discardableResult
    public static func run<Success: Sendable>(
        embedded isEmbedded: Bool = false,
        brokers: Int = 1,
        _ body: @escaping @Sendable (TestKafka) async throws -> Success
    ) async throws -> Success {
        let servers = isEmbedded ? nil : realServers
        let embedded = servers == nil ? try EmbeddedBroker(brokers: brokers) : nil
        let group = try EventLoopGroup(count: 1, namePrefix: "test-kafka")
        let blocking = try BlockingThread(name: "test-kafka-block")
        let kafka = TestKafka(
            loop: group.loops[0], blocking: blocking,
            bootstrapServers: servers ?? embedded?.bootstrapServers ?? "", embedded: embedded)
        let result = await kafka.loop.spawn { try await body(kafka) }.result
        blocking.shutdown()
        group.shutdown()
        embedded?.close()
        return try result.get()
    }

    /// How to reach the cluster; quick to reconnect, as tests want.
    public func configuration(
        extra: [String: String] = [:], log: @escaping KafkaConfiguration.LogSink = { _, _, _ in }
    ) -> KafkaConfiguration {
        let quick = ["reconnect.backoff.ms": "50", "reconnect.backoff.max.ms": "200"]
        return KafkaConfiguration(
            bootstrapServers: bootstrapServers, clientID: "test",
            extra: quick.merging(extra) { _, given in given }, log: log)
    }

    /// A name that no other test uses.
    public func uniqueName(_ prefix: String) -> String {
        "\(prefix)-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    }

    /// Creates a topic with one copy of each partition, under a name of its own, and returns the name.
    public func createTopic(_ prefix: String = "topic", partitions: Int = 1) async throws -> String {
        let name = uniqueName(prefix)
        if let embedded {
            try embedded.createTopic(name, partitions: partitions)
            return name
        }
        let admin = try KafkaAdmin(on: loop, blocking: blocking, configuration: configuration())
        let topic = KafkaTopicSpecification(name: name, partitions: partitions, replication: 1)
        do {
            let outcomes = try await admin.createTopics([topic])
            await admin.close()
            if case .failed(let error) = outcomes[name] { throw error }
        } catch {
            await admin.close()
            throw error
        }
        return name
    }
}
