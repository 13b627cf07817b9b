public import Domain
public import EventLoop
import Kafka
import Telemetry

/// Publishes to Kafka. To be used from tasks of the producer's loop.
public struct KafkaJobQueue: JobQueue {
    private let producer: LoopBound<RenewableProducer>
    private let topics: QueueTopics
    private let maximumValueBytes: Int
    private let metrics: QueueMetrics
    private let onMissingTopic: @Sendable () -> Void

    /// A queue over `producer`. Messages above `maximumValueBytes` go without
    /// their tables, which the database has. `onMissingTopic` is called when the brokers do not know a message's topic.
    public init(
        _ producer: LoopBound<RenewableProducer>, topics: QueueTopics, maximumValueBytes: Int,
        metrics: QueueMetrics = .disabled,
        onMissingTopic: @escaping @Sendable () -> Void = {}
    ) {
        self.producer = producer
        self.topics = topics
        self.maximumValueBytes = maximumValueBytes
        self.metrics = metrics
        self.onMissingTopic = onMissingTopic
    }

    /// Sends all, then waits for all.
    public func publish(_ entries: [OutboxEntry]) async -> [Result<PublishedEntry, QueueError>] {
        let outcomes = await send(entries.map(record))
        return zip(entries, outcomes).map { entry, outcome in
            metrics.published(entry.content.kind, outcome)
            return
                outcome
                .map { PublishedEntry(entry, partition: $0.partition, offset: $0.offset) }
                .mapError(QueueError.init)
        }
    }

    /// Sends the message on to the dead letter topic.
    public func bury(_ delivery: JobDelivery, reason: String) async throws(QueueError) {
        let record = KafkaRecord(
            topic: topics.deadLetters.name, key: DeadLetter.key(delivery),
            value: DeadLetter.value(delivery, reason: reason, at: .now))
        let outcome = await send([record])[0]
        metrics.published("dead_letter", outcome)
        do throws(KafkaError) {
            _ = try outcome.get()
        } catch {
            throw QueueError(error)
        }
    }

    private func send(_ records: [KafkaRecord]) async -> [Result<KafkaPosition, KafkaError>] {
        let outcomes = await producer.value.send(records)
        if outcomes.contains(where: \.failedForMissingTopic) { onMissingTopic() }
        return outcomes
    }

    private func record(_ entry: OutboxEntry) -> KafkaRecord {
        let key = Array(entry.id.description.utf8)
        switch entry.content {
        case .request(let input):
            let value = RequestMessage.value(entry, input, limit: maximumValueBytes)
            return KafkaRecord(
                topic: topics.requests.name, key: key, value: value, headers: TicketHeaders.headers(entry, input))
        case .response(let result, let seconds):
            let value = ResponseMessage.value(
                entry, result, processingSeconds: seconds, at: .now, limit: maximumValueBytes)
            return KafkaRecord(
                topic: topics.responses.name, key: key, value: value, headers: TicketHeaders.traceHeaders(entry))
        }
    }
}

extension Result where Failure == KafkaError {
    fileprivate var failedForMissingTopic: Bool {
        if case .failure(let error) = self { error.isAboutMissingTopic } else { false }
    }
}

extension OutboxEntry.Content {
    fileprivate var kind: String {
        switch self {
        case .request: "request"
        case .response: "response"
        }
    }
}

extension QueueError {
    /// Keeps Kafka's words.
    init(_ error: KafkaError) {
        self.init(error.description, isRetryable: error.isRetriable)
    }
}
