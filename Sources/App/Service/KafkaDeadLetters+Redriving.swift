import Queue
import Worker

extension KafkaDeadLetters.Sending {
    /// Messages for the workers.
    static func redriving(_ kafka: Configuration.Kafka) -> Self {
        Self(to: kafka.requests.name, maximumValueBytes: kafka.maxInlineBytes) { RedrivenMessage.value($0, from: $1) }
    }
}
