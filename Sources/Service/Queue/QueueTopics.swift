public import Kafka

/// The three topics and how to make those that do not exist.
public struct QueueTopics: Sendable {
    /// Jobs to do; the key is the job's id.
    public var requests: KafkaTopicSpecification
    /// What came of jobs; the key is the job's id.
    public var responses: KafkaTopicSpecification
    /// Messages that could not be used.
    public var deadLetters: KafkaTopicSpecification

    /// Names the topics.
    public init(
        requests: KafkaTopicSpecification, responses: KafkaTopicSpecification, deadLetters: KafkaTopicSpecification
    ) {
        self.requests = requests
        self.responses = responses
        self.deadLetters = deadLetters
    }

    /// All three.
    public var all: [KafkaTopicSpecification] { [requests, responses, deadLetters] }
}
