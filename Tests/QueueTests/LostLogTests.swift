import Domain
import EventLoop
import Kafka
import TestSupport
import Testing

@testable import Queue

@Suite("A broker that has lost its log", .timeLimit(.minutes(10)))
struct LostLogTests {
    /// One broker after the other at one address, and a source that reads from there.
    private struct Bench: Sendable {
        let loop: EventLoop
        let blocking: BlockingThread
        let proxy: BrokerProxy
        let brokers: [EmbeddedBroker]
        let lost = Lock<[Int32]>([])
        static let topic = "requests"
        static let place = TopicPartition(topic: topic, partition: 0)

        /// Runs `body` with two brokers, of which the first is in place.
        static func run(_ body: @escaping @Sendable (Bench) async throws -> Void) async throws {
            try await TestKafka.run(embedded: true) { kafka in
                let first = try #require(kafka.embedded)
                let second = try EmbeddedBroker()
                defer { second.close() }
                for broker in [first, second] { try broker.createTopic(topic) }
                let proxy = try await BrokerProxy.open(to: try port(of: first), on: kafka.loop)
                let bench = Bench(
                    loop: kafka.loop, blocking: kafka.blocking, proxy: proxy, brokers: [first, second])
                let outcome: Result<Void, any Error>
                do {
                    outcome = .success(try await body(bench))
                } catch {
                    outcome = .failure(error)
                }
                await proxy.close()
                try outcome.get()
            }
        }

        private static func port(of broker: EmbeddedBroker) throws -> UInt16 {
            try #require(broker.bootstrapServers.split(separator: ":").last.flatMap { UInt16($0) })
        }

        private func configuration(_ servers: String) -> KafkaConfiguration {
            KafkaConfiguration(
                bootstrapServers: servers, clientID: "test",
                extra: ["reconnect.backoff.ms": "50", "reconnect.backoff.max.ms": "200"])
        }

        /// Puts numbers on a broker's log.
        func fill(_ broker: EmbeddedBroker, _ numbers: Range<Int>) async throws {
            let producer = try KafkaProducer(
                on: loop, blocking: blocking, configuration: configuration(broker.bootstrapServers))
            let records = numbers.map {
                KafkaRecord(topic: Self.topic, partition: 0, value: Array(String($0).utf8))
            }
            for outcome in await producer.send(records) { _ = try outcome.get() }
            await producer.close(flushTimeout: .seconds(5))
        }

        /// The first broker and its log are gone, the second one is in its place.
        func replaceBroker() async throws {
            await proxy.redirect(to: try Self.port(of: brokers[1]))
        }

        func source() throws -> KafkaJobSource {
            let requests = KafkaTopicSpecification(name: Self.topic, partitions: 1, replication: 1)
            let lost = lost
            let source = try KafkaJobSource(
                on: loop, blocking: blocking, configuration(proxy.address),
                topics: QueueTopics(requests: requests, responses: requests, deadLetters: requests), group: "workers",
                onLogLost: { partition in lost.withLock { $0.append(partition) } }, onError: { _ in })
            let bound = LoopBound(source, to: loop)
            loop.spawn { await bound.value.watchLogs(every: .milliseconds(300)) }
            return source
        }

        /// Takes messages and has them done with until all of these numbers have come.
        func finish(_ numbers: Range<Int>, of source: KafkaJobSource) async throws {
            var open = Set(numbers)
            while !open.isEmpty {
                for delivery in try await source.next() {
                    open.remove(Int(String(decoding: delivery.value ?? [], as: UTF8.self)) ?? -1)
                    source.acknowledge(delivery.position)
                }
            }
        }

        /// Nil while the group forms anew.
        private func undelivered(by source: KafkaJobSource) async throws -> Range<Int64>? {
            do throws(QueueError) {
                return try await source.undelivered(partition: 0)
            } catch {
                guard error.isRetryable else { throw error }
                return nil
            }
        }

        func waitUntil(_ source: KafkaJobSource, hasUndelivered expected: Range<Int64>) async throws {
            let deadline = MonotonicTime.now + .seconds(30)
            var seen: Range<Int64>?
            while seen != expected, MonotonicTime.now < deadline {
                try await loop.sleep(for: .milliseconds(50))
                seen = try await undelivered(by: source)
            }
            #expect(seen == expected)
        }
    }

    @Test("has the new one read from its beginning, though it has outgrown the offset that a worker was at")
    func outgrown() async throws {
        try await Bench.run { bench in
            try await bench.fill(bench.brokers[0], 0..<5)
            let source = try bench.source()
            try await bench.finish(0..<5, of: source)
            try await bench.waitUntil(source, hasUndelivered: 5..<5)
            try await bench.fill(bench.brokers[1], 100..<109)
            try await bench.replaceBroker()
            // The worker's first commit here comes before the broker hears of the group, and is taken.
            try await bench.finish(100..<109, of: source)
            try await bench.waitUntil(source, hasUndelivered: 9..<9)
            await source.close()
        }
    }

    @Test("is told from the one before by the mark that a commit carries", arguments: [false, true])
    func staleCommit(isStale: Bool) async throws {
        try await QueueBench.run { bench in
            await bench.publish(7)
            let reader = try KafkaTopicReader(
                on: bench.kafka.loop, blocking: bench.kafka.blocking, configuration: bench.kafka.configuration())
            let place = TopicPartition(topic: bench.topics.requests.name, partition: 0)
            let last = try #require(try await reader.messages(at: [place: 3])[place])
            await reader.close()
            let mark = isStale ? "log 3 0123456789abcdef" : LogMark(last).text
            try await bench.commit(4, metadata: mark)
            let source = try bench.source()
            var seen: Set<Int64> = []
            let expected = Set<Int64>(isStale ? 0..<7 : 4..<7)
            while seen != expected {
                seen.formUnion(try await source.next().map(\.position.offset))
                #expect(seen.isSubset(of: expected))
            }
            await source.close()
        }
    }

    @Test("is not suspected for the commits of versions that wrote no mark")
    func upgrade() async throws {
        try await QueueBench.run { bench in
            await bench.publish(7)
            try await bench.commit(4)
            let source = try bench.source()
            let deliveries = try await bench.receive(3, from: source)
            #expect(deliveries.map(\.position.offset) == [4, 5, 6])
            for delivery in deliveries { source.acknowledge(delivery.position) }
            try await bench.waitUntil(source, hasUndelivered: 7..<7)
            await source.close()
        }
    }
}
