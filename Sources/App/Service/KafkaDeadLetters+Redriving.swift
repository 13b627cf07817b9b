import Queue
import Worker

extension KafkaDeadLetters.Sending {
    /// Messages for the workers, with values of at most so many bytes.
    static func redriving(upTo bytes: Int) -> Self {
        Self(maximumValueBytes: bytes) { RedrivenMessage.value($0, from: $1) }
    }
}
