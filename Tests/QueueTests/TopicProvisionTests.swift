import Kafka
import Queue
import TestSupport
import Testing

@Suite("Topic provision")
struct TopicProvisionTests {
    @Test("topics that exist stay as they are")
    func existing() async throws {
        try await TestKafka.run { kafka in
            let topics = try await QueueBench.makeTopics(on: kafka)
            let admin = try KafkaAdmin(
                on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration())
            let made = try await TopicProvision(topics).run(admin)
            await admin.close()
            #expect(made == [])
        }
    }

    @Test("topics that are missing are made, once", .enabled(if: TestKafka.isReal, "embedded brokers make none"))
    func missing() async throws {
        try await TestKafka.run { kafka in
            var topics = try await QueueBench.makeTopics(on: kafka)
            topics.responses.name = kafka.uniqueName("late")
            let admin = try KafkaAdmin(
                on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration())
            let first = try await TopicProvision(topics).run(admin)
            let second = try await TopicProvision(topics).run(admin)
            await admin.close()
            #expect(first == [topics.responses.name])
            #expect(second == [])
        }
    }

    @Test("all three topics are provided for")
    func all() {
        let names = ["a", "b", "c"]
        let specifications = names.map { KafkaTopicSpecification(name: $0, partitions: 1, replication: 1) }
        let topics = QueueTopics(
            requests: specifications[0], responses: specifications[1], deadLetters: specifications[2])
        #expect(topics.all.map(\.name) == names)
    }
}
