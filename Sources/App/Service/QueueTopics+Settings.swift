import Kafka
import Queue

extension QueueTopics {
    /// The topics as configured.
    init(_ kafka: Configuration.Kafka) {
        self.init(
            requests: KafkaTopicSpecification(kafka.requests), responses: KafkaTopicSpecification(kafka.responses),
            deadLetters: KafkaTopicSpecification(kafka.deadLetters))
    }
}

extension KafkaTopicSpecification {
    fileprivate init(_ topic: Configuration.Kafka.Topic) {
        self.init(name: topic.name, partitions: topic.partitions, replication: topic.replication)
    }
}
