public import Kafka

/// Makes the topics that do not exist yet.
public struct TopicProvision: Sendable {
    private let topics: QueueTopics

    /// For the given topics.
    public init(_ topics: QueueTopics) {
        self.topics = topics
    }

    /// Looks which topics are missing, makes them, and returns their names. Existing ones stay as they are. Throws
    /// when the brokers do not answer or refuse: soon, since whoever stops the program waits for this call.
    public func run(_ admin: KafkaAdmin) async throws(KafkaError) -> [String] {
        let existing = Set(try await admin.listTopics(timeout: .seconds(3)).map(\.name))
        let missing = topics.all.filter { !existing.contains($0.name) }
        guard !missing.isEmpty else { return [] }
        for outcome in try await admin.createTopics(missing).values {
            if case .failed(let error) = outcome { throw error }
        }
        return missing.map(\.name)
    }
}
