import Domain
import EventLoop
import JSON
import Kafka
import TestSupport
import Testing

@testable import Queue

@Suite("Queue over a broker")
struct KafkaJobQueueTests {
    @Test("published entries are delivered with key and value, and each outcome names their place")
    func delivery() async throws {
        try await QueueBench.run { bench in
            let input = JobInput(query: "Посчитай", data: [[1]])
            let entries = (1...3).map { number in
                Samples.entry(
                    .request(input), sequence: Int64(number), id: JobID(high: UInt64(number), low: 1))
            }
            let published = try await bench.queue.publish(entries).map { try $0.get() }
            #expect(published.map(\.sequence) == [1, 2, 3])
            #expect(published.map(\.offset) == [0, 1, 2])
            let source = try bench.source()
            let deliveries = try await bench.receive(3, from: source)
            #expect(deliveries.map(\.position.offset) == [0, 1, 2])
            #expect(deliveries.map(\.key) == entries.map { Array($0.id.description.utf8) })
            let object = try #require(try parsed(deliveries[0].value ?? []).objectValue)
            #expect(try JobInputReader(queryField: "query").read(object).get() == input)
            await source.close()
        }
    }

    @Test("what our outbox sends arrives as a ticket; what others send, with its value")
    func tickets() async throws {
        try await QueueBench.run { bench in
            let input = JobInput(query: "x", data: [[1]], priority: try #require(JobPriority(7)))
            for client in ["10.0.0.7", nil] {
                let entry = OutboxEntry(
                    sequence: 1, id: Samples.id, createdAt: Samples.time, client: client, content: .request(input))
                _ = try await bench.queue.publish([entry]).map { try $0.get() }
            }
            let source = try bench.source()
            let deliveries = try await bench.receive(2, from: source)
            #expect(
                deliveries[0].ticket
                    == JobTicket(
                        id: Samples.id, client: "10.0.0.7", priority: input.priority, createdAt: Samples.time))
            #expect(deliveries[0].value == nil)
            #expect(deliveries[1].ticket == nil)
            #expect(deliveries[1].value != nil)
            await source.close()
        }
    }

    @Test("after pauses every message has come once, in order")
    func pauses() async throws {
        try await QueueBench.run { bench in
            let source = try bench.source()
            await bench.publish(300)
            var offsets: [Int64] = []
            while offsets.count < 700 {
                offsets += try await source.next().map(\.position.offset)
                source.pause()
                source.pause()
                if offsets.count == 300 { await bench.publish(400) }
                try await bench.kafka.loop.sleep(for: .milliseconds(20))
                source.resume()
                source.resume()
            }
            #expect(offsets == Array(0..<700))
            await source.close()
        }
    }

    @Test("one slow message holds the flow up only when too many others wait for its commit")
    func uncommitted() async throws {
        try await QueueBench.run { bench in
            let source = try bench.source(maximumUncommitted: 300)
            await bench.publish(2_000)
            var positions: [QueuePosition] = []
            while positions.count < 300 { positions += try await source.next().map(\.position) }
            for position in positions.dropFirst() { source.acknowledge(position) }
            #expect(positions.count < 2_000)
            let bound = LoopBound(source, to: bench.kafka.loop)
            let more = bench.kafka.loop.spawn { try await bound.value.next().count }
            try await bench.kafka.loop.sleep(for: .milliseconds(300))
            #expect(source.isHeldUp)
            source.acknowledge(positions[0])
            #expect(try await more.value > 0)
            #expect(!source.isHeldUp)
            await source.close()
        }
    }

    @Test("partitions that are taken away are named, after the end of the source all of them")
    func revocation() async throws {
        try await QueueBench.run { bench in
            await bench.publish(1)
            let source = try bench.source()
            let revoked = Lock<[Set<Int32>]>([])
            source.onRevoked { partitions in revoked.withLock { $0.append(partitions) } }
            _ = try await bench.receive(1, from: source)
            #expect(revoked.withLock { $0.isEmpty })
            await source.close()
            #expect(revoked.withLock { $0 } == [[0]])
        }
    }

    @Test("acknowledged messages are committed, and undelivered is what lies after them")
    func commit() async throws {
        try await QueueBench.run { bench in
            let source = try bench.source()
            #expect(try await source.undelivered(partition: 0) == 0..<0)
            await bench.publish(5)
            let deliveries = try await bench.receive(5, from: source)
            #expect(try await source.undelivered(partition: 0) == 0..<5)
            for delivery in deliveries.dropLast().reversed() { source.acknowledge(delivery.position) }
            try await bench.waitUntil(source, hasUndelivered: 4..<5)
            source.acknowledge(deliveries[4].position)
            try await bench.waitUntil(source, hasUndelivered: 5..<5)
            await source.close()
        }
    }

    @Test("what was not acknowledged comes again to the next member, from the first hole on")
    func redelivery() async throws {
        try await QueueBench.run { bench in
            await bench.publish(5)
            let first = try bench.source()
            let deliveries = try await bench.receive(5, from: first)
            for index in [0, 1, 3] { first.acknowledge(deliveries[index].position) }
            await first.close()
            let second = try bench.source()
            #expect(try await bench.receive(3, from: second).map(\.position.offset) == [2, 3, 4])
            #expect(try await second.undelivered(partition: 0) == 2..<5)
            await second.close()
        }
    }

    @Test(
        "an offset that was committed for a log which the broker has lost is taken back, or messages would be skipped",
        .timeLimit(.minutes(10)))
    func lostLog() async throws {
        try await QueueBench.run { bench in
            await bench.publish(3)
            try await bench.commit(5)
            let first = try bench.source()
            // Once it has messages it is a member, and may commit.
            _ = try await bench.receive(3, from: first)
            #expect(try await first.undelivered(partition: 0) == 0..<3)
            #expect(try await bench.waitForCommit(below: 5))
            await first.close()
            await bench.publish(4)
            let second = try bench.source()
            let offsets = try await bench.receive(7, from: second).map(\.position.offset)
            #expect(offsets == Array(0..<7))
            await second.close()
        }
    }

    @Test("an acknowledgement of a partition that is not ours changes nothing")
    func foreignAcknowledgement() async throws {
        try await QueueBench.run { bench in
            await bench.publish(2)
            let source = try bench.source()
            source.acknowledge(QueuePosition(topic: bench.topics.requests.name, partition: 0, offset: 0))
            let deliveries = try await bench.receive(2, from: source)
            source.acknowledge(QueuePosition(topic: bench.topics.requests.name, partition: 7, offset: 9))
            source.acknowledge(deliveries[0].position)
            try await bench.waitUntil(source, hasUndelivered: 1..<2)
            await source.close()
        }
    }

    @Test("a closed source has no messages and knows nothing of the partition")
    func closed() async throws {
        try await QueueBench.run { bench in
            let source = try bench.source()
            await source.close()
            await source.close()
            await #expect(throws: QueueError.self) { _ = try await source.undelivered(partition: 0) }
            await #expect(throws: (any Error).self) { _ = try await source.next() }
        }
    }

    @Test("a buried message lies on the dead letter topic under its key", arguments: [20, 900_000])
    func bury(size: Int) async throws {
        try await QueueBench.run { bench in
            let value = [UInt8](repeating: 0xFF, count: size)
            let delivery = Samples.delivery(key: Array("key-1".utf8), value: value)
            try await bench.queue.bury(delivery, reason: "unreadable")
            let source = try bench.source(of: bench.topics.deadLetters)
            let letter = try #require(try await bench.receive(1, from: source).first)
            #expect(letter.key == Array("key-1".utf8))
            let message = try parsed(letter.value ?? [])
            #expect(message["error_reason"] == "unreadable")
            #expect(message["original_offset"] == 9_007_199_254_740_993)
            await source.close()
        }
    }

    @Test("a response of any size goes to the responses topic")
    func responses() async throws {
        try await QueueBench.run { bench in
            var huge = Samples.output
            huge.table = [[.string(String(repeating: "x", count: 2_000_000))]]
            let entries = [Samples.output, huge].map { output in
                Samples.entry(.response(.completed(output, processingSeconds: 2), processingSeconds: 2))
            }
            _ = try await bench.queue.publish(entries).map { try $0.get() }
            let source = try bench.source(of: bench.topics.responses)
            let messages = try await bench.receive(2, from: source).map { try parsed($0.value ?? []) }
            #expect(messages.map { $0["request_id"] } == [.string(Samples.idText), .string(Samples.idText)])
            #expect(messages.map { $0["result"]?["result"] } == [try Samples.output.table?.json.value(), .null])
            await source.close()
        }
    }

    @Test(
        "a topic that is gone is reported, and the entries stay unpublished",
        .enabled(if: TestKafka.isReal, "the embedded broker makes topics by itself"))
    func missingTopic() async throws {
        try await TestKafka.run { kafka in
            var topics = try await QueueBench.makeTopics(on: kafka)
            topics.requests.name = kafka.uniqueName("never-made")
            let reports = Lock(0)
            let producer = try RenewableProducer { _ in
            } _: { () throws(KafkaError) in
                try KafkaProducer(
                    on: kafka.loop, blocking: kafka.blocking,
                    // How long a topic may be on its way to all brokers before it counts as missing.
                    configuration: kafka.configuration(extra: ["topic.metadata.propagation.max.ms": "100"]))
            }
            let queue = KafkaJobQueue(
                LoopBound(producer, to: kafka.loop), topics: topics, maximumValueBytes: 500_000,
                onMissingTopic: { reports.withLock { $0 += 1 } })
            let outcomes = await queue.publish([Samples.entry(.request(JobInput(query: "x")), sequence: 1)])
            _ = await producer.close(flushTimeout: .seconds(10))
            #expect(throws: QueueError.self) { try outcomes[0].get() }
            #expect(reports.withLock { $0 } == 1)
        }
    }
}
