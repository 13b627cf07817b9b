import Domain
import EventLoop
import Kafka
import Queue
import TestSupport
import Testing

/// Topics of its own for one test, and a queue that publishes to them.
struct QueueBench: Sendable {
    let kafka: TestKafka
    let topics: QueueTopics
    let queue: KafkaJobQueue
    private let group: String

    /// Makes topics and producer, runs `body` and takes everything down. The body closes the sources it makes.
    static func run(_ body: @escaping @Sendable (QueueBench) async throws -> Void) async throws {
        try await TestKafka.run { kafka in
            let topics = try await makeTopics(on: kafka)
            let producer = try RenewableProducer { _ in
            } _: { () throws(KafkaError) in
                try KafkaProducer(on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration())
            }
            let queue = KafkaJobQueue(
                LoopBound(producer, to: kafka.loop), topics: topics, maximumValueBytes: 500_000)
            let bench = QueueBench(
                kafka: kafka, topics: topics, queue: queue, group: kafka.uniqueName("workers"))
            let result: Result<Void, any Error>
            do {
                result = .success(try await body(bench))
            } catch {
                result = .failure(error)
            }
            _ = await producer.close(flushTimeout: .seconds(10))
            try result.get()
        }
    }

    /// Three topics of one partition each.
    static func makeTopics(on kafka: TestKafka) async throws -> QueueTopics {
        QueueTopics(
            requests: KafkaTopicSpecification(
                name: try await kafka.createTopic("requests"), partitions: 1, replication: 1),
            responses: KafkaTopicSpecification(
                name: try await kafka.createTopic("responses"), partitions: 1, replication: 1),
            deadLetters: KafkaTopicSpecification(
                name: try await kafka.createTopic("dead-letters"), partitions: 1, replication: 1))
    }

    /// A member of the bench's group that reads the requests topic, or another one in its place.
    func source(
        of topic: KafkaTopicSpecification? = nil, maximumUncommitted: Int = 1_000_000
    ) throws -> KafkaJobSource {
        var topics = topics
        if let topic { topics.requests = topic }
        let source = try KafkaJobSource(
            on: kafka.loop, blocking: kafka.blocking, kafka.configuration(), topics: topics, group: group,
            // An embedded broker keeps a newcomer waiting for as long, even when the member before it has left.
            sessionTimeout: .seconds(6), maximumUncommitted: maximumUncommitted, onError: { _ in })
        let bound = LoopBound(source, to: kafka.loop)
        // Ends with the source.
        kafka.loop.spawn { await bound.value.watchLogs(every: .milliseconds(200)) }
        return source
    }

    /// Commits an offset for the group, as a member would that had read so far in a log that is gone.
    func commit(_ offset: Int64, metadata: String = "") async throws {
        let member = try KafkaConsumer(
            on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration(),
            options: KafkaConsumerOptions(
                group: group, topics: [topics.requests.name], sessionTimeout: .seconds(6)))
        // A message shows that it is a member; others may not commit.
        _ = try await member.next()
        let place = TopicPartition(topic: topics.requests.name, partition: 0)
        try await member.commit([place: KafkaCommit(offset, metadata: metadata)])
        await member.close()
    }

    /// Waits until the group has committed an offset below this one.
    func waitForCommit(below offset: Int64) async throws -> Bool {
        let reader = try KafkaTopicReader(
            on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration(), group: group)
        let deadline = MonotonicTime.now + .seconds(20)
        var isBelow = false
        while !isBelow, MonotonicTime.now < deadline {
            try await kafka.loop.sleep(for: .milliseconds(50))
            let offsets = try await reader.groupOffsets(in: topics.requests.name, timeout: .seconds(10))
            isBelow = offsets.contains { $0.committed.map { $0 < offset } ?? false }
        }
        await reader.close()
        return isBelow
    }

    /// Publishes so many small jobs.
    func publish(_ count: Int) async {
        let entries = (0..<count).map { index in
            Samples.entry(.request(JobInput(query: "x")), sequence: Int64(index))
        }
        for outcome in await queue.publish(entries) {
            if case .failure(let error) = outcome { Issue.record(error) }
        }
    }

    /// Waits until `count` messages have come, and no more than that.
    func receive(_ count: Int, from source: KafkaJobSource) async throws -> [JobDelivery] {
        var deliveries: [JobDelivery] = []
        while deliveries.count < count { deliveries += try await source.next() }
        #expect(deliveries.count == count)
        return deliveries
    }

    /// Asks again until the commit has arrived.
    func waitUntil(_ source: KafkaJobSource, hasUndelivered expected: Range<Int64>) async throws {
        let deadline = MonotonicTime.now + .seconds(20)
        var seen = try await source.undelivered(partition: 0)
        while seen != expected, MonotonicTime.now < deadline {
            try await kafka.loop.sleep(for: .milliseconds(20))
            seen = try await source.undelivered(partition: 0)
        }
        #expect(seen == expected)
    }
}
