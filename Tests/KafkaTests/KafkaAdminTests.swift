import EventLoop
import Kafka
import TestSupport
import Testing

@Suite("The admin client", .timeLimit(.minutes(10)))
struct KafkaAdminTests {
    private func withAdmin(
        embedded: Bool = false, _ body: @escaping @Sendable (TestKafka, KafkaAdmin) async throws -> Void
    ) async throws {
        try await TestKafka.run(embedded: embedded) { kafka in
            let admin = try KafkaAdmin(
                on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration())
            let result = await kafka.loop.spawn { try await body(kafka, admin) }.result
            await admin.close()
            try result.get()
        }
    }

    @Test("lists topics with their partitions")
    func list() async throws {
        try await withAdmin { kafka, admin in
            let name = try await kafka.createTopic(partitions: 3)
            let topics = try await admin.listTopics()
            #expect(topics.contains(KafkaTopic(name: name, partitions: 3, replication: 1)))
        }
    }

    @Test("measures how long the cluster takes to answer")
    func ping() async throws {
        try await withAdmin { _, admin in
            let answer = try await admin.ping()
            #expect(answer.brokers >= 1)
            #expect(answer.latency > .zero && answer.latency < .seconds(30))
        }
    }

    @Test("says within the time limit that no broker answers")
    func outage() async throws {
        try await withAdmin(embedded: true) { kafka, admin in
            try kafka.embedded?.takeDown()
            let start = MonotonicTime.now
            let error = await #expect(throws: KafkaError.self) { try await admin.ping(timeout: .milliseconds(500)) }
            #expect(error?.isRetriable == true)
            #expect(MonotonicTime.now - start < .seconds(15))
        }
    }

    @Test(
        "creates a topic, and finds nothing wrong with one that exists",
        .enabled(if: TestKafka.isReal, "the embedded broker has no admin API"))
    func create() async throws {
        try await withAdmin { kafka, admin in
            let topic = KafkaTopicSpecification(
                name: kafka.uniqueName("made"), partitions: 2, replication: 1, settings: ["retention.ms": "60000"])
            let first = try await admin.createTopics([topic])
            let second = try await admin.createTopics([topic])
            #expect(first.map { "\($0) \($1)" } == ["\(topic.name) created"])
            #expect(second.map { "\($0) \($1)" } == ["\(topic.name) existed"])
        }
    }

    @Test(
        "tells the settings of topics that exist, those of the brokers where a topic has none of its own",
        .enabled(if: TestKafka.isReal, "the embedded broker has no admin API"))
    func settings() async throws {
        try await withAdmin { kafka, admin in
            let topic = KafkaTopicSpecification(
                name: kafka.uniqueName("made"), partitions: 1, replication: 1, settings: ["retention.ms": "60000"])
            _ = try await admin.createTopics([topic])
            let settings = try await admin.settings(ofTopics: [topic.name, kafka.uniqueName("missing")])
            #expect(Array(settings.keys) == [topic.name])
            #expect(settings[topic.name]?["retention.ms"] == "60000")
            #expect(settings[topic.name]?["cleanup.policy"] == "delete")
            #expect(settings[topic.name]?["max.message.bytes"].flatMap { Int($0) } ?? 0 > 0)
        }
    }

    @Test("reports a cluster without the operation as such")
    func unsupported() async throws {
        try await withAdmin(embedded: true) { _, admin in
            let topic = KafkaTopicSpecification(name: "made", partitions: 1, replication: 1)
            let error = await #expect(throws: KafkaError.self) { try await admin.createTopics([topic]) }
            #expect(error?.caseName == "unsupported")
            let other = await #expect(throws: KafkaError.self) { try await admin.settings(ofTopics: ["made"]) }
            #expect(other?.caseName == "unsupported")
        }
    }

    @Test("refuses a topic that cannot be before asking the cluster")
    func impossibleTopic() async throws {
        try await withAdmin(embedded: true) { _, admin in
            let topic = KafkaTopicSpecification(name: "made", partitions: 0, replication: 1)
            let error = await #expect(throws: KafkaError.self) { try await admin.createTopics([topic]) }
            #expect(error?.caseName == "configuration made")
        }
    }
}
