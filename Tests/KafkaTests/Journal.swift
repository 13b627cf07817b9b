import Kafka

/// Writes down what a consumer's hooks are told. Used on one loop.
final class Journal {
    private(set) var lines: [String] = []

    var hooks: KafkaConsumerHooks {
        KafkaConsumerHooks(
            onAssigned: { self.lines.append("assigned \($0.count)") },
            onRevoked: { partitions, isLost in
                self.lines.append("\(isLost ? "lost" : "revoked") \(partitions.count)")
                return [:]
            },
            onError: { self.lines.append("error \($0)") }
        )
    }
}
