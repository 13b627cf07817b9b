import EventLoop
import Kafka
import TestSupport
import Testing

@Suite("A consumer group", .timeLimit(.minutes(10)))
struct KafkaGroupTests {
    @Test(
        "shares the partitions, and hands them over when a member leaves",
        arguments: ["cooperative-sticky", "range"]
    )
    func handOver(strategy: String) async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 4)
            let options = kafka.groupOptions(topic)
            let extra = ["partition.assignment.strategy": strategy]
            let first = GroupMember(), second = GroupMember()
            func everythingArrives(_ range: Range<Int>) async throws -> Bool {
                for partition in 0..<4 { try await kafka.fill(topic, partition: Int32(partition), with: range) }
                return try await kafka.wait { first.seen.union(second.seen).count == 4 * range.upperBound }
            }
            try await kafka.withConsumer(options, hooks: first.hooks, extra: extra) { one in
                let reading = kafka.loop.spawn { try await first.read(one) }
                #expect(try await everythingArrives(0..<50))
                let two = try kafka.makeConsumer(options, hooks: second.hooks, extra: extra)
                let readingToo = kafka.loop.spawn { try await second.read(two) }
                #expect(try await kafka.wait { one.assignment.count == 2 && two.assignment.count == 2 })
                #expect(one.assignment.isDisjoint(with: two.assignment))
                #expect(try await everythingArrives(50..<100))
                await two.close()
                await #expect(throws: KafkaError.self) { try await readingToo.value }
                #expect(try await kafka.wait { one.assignment.count == 4 })
                #expect(try await everythingArrives(100..<150))
                reading.cancel()
                _ = await reading.result
            }
            // The embedded broker, unlike a real one, refuses commits once any member has asked to join again.
            // Only then may messages come a second time, as they would after a crash.
            let refusals = Set((first.errors + second.errors).compactMap(\.fault?.name))
            if refusals.isEmpty || kafka.embedded == nil {
                #expect(first.repeats + second.repeats == 0 && first.seen.isDisjoint(with: second.seen))
            }
            #expect(refusals.isSubset(of: ["REBALANCE_IN_PROGRESS"]))
        }
    }

    @Test("has a member back within a few sessions that was cut off while it joined")
    func cutWhileJoining() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topic = try await kafka.createTopic(partitions: 2)
            let port = try #require(kafka.bootstrapServers.split(separator: ":").last.flatMap { UInt16($0) })
            let proxy = try await BrokerProxy.open(to: port, on: kafka.loop)
            let consumer = try KafkaConsumer(
                on: kafka.loop, blocking: kafka.blocking,
                configuration: KafkaConfiguration(bootstrapServers: proxy.address, clientID: "test"),
                options: kafka.groupOptions(topic))
            // In the middle of the 3 s that the broker waits for further members. It keeps the one that is gone, and
            // may take it for the group's leader.
            try await kafka.loop.sleep(for: .milliseconds(600))
            await proxy.cut()
            try await kafka.loop.sleep(for: .milliseconds(500))
            await proxy.restore()
            #expect(try await kafka.wait(upTo: .seconds(45)) { consumer.assignment.count == 2 })
            await consumer.close(timeout: .seconds(1))
            await proxy.close()
        }
    }
}

/// Reads everything and commits, at a revocation, what it has read. Used on one loop.
private final class GroupMember: @unchecked Sendable {
    // Safety: touched by tasks and hooks of one loop only.
    private(set) var seen: Set<KafkaPosition> = []
    private(set) var repeats = 0
    private(set) var errors: [KafkaError] = []
    private var positions: [TopicPartition: Int64] = [:]

    var hooks: KafkaConsumerHooks {
        KafkaConsumerHooks(
            onRevoked: { partitions, _ in
                self.positions.filter { partitions.contains($0.key) }.mapValues { KafkaCommit($0) }
            },
            onError: { self.errors.append($0) }
        )
    }

    func read(_ consumer: KafkaConsumer) async throws {
        while true {
            for message in try await consumer.next() {
                let position = KafkaPosition(
                    topic: message.topic, partition: message.partition, offset: message.offset)
                if !seen.insert(position).inserted { repeats += 1 }
                positions[message.topicPartition] = message.offset + 1
            }
        }
    }
}
