import EventLoop
import Kafka
import TestSupport
import Testing

@Suite("The topic reader", .timeLimit(.minutes(10)))
struct KafkaTopicReaderTests {
    private func withReader(
        _ kafka: TestKafka, _ body: (KafkaTopicReader) async throws -> Void
    ) async throws {
        let reader = try KafkaTopicReader(
            on: kafka.loop, blocking: kafka.blocking,
            configuration: kafka.configuration(extra: ["fetch.wait.max.ms": "50"]))
        do {
            try await body(reader)
            await reader.close()
        } catch {
            await reader.close()
            throw error
        }
    }

    @Test("reads every message of every partition, as often as it is asked, and not what comes later")
    func readsAll() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 3)
            try await kafka.fill(topic, partition: 0, with: 0..<700)
            try await kafka.fill(topic, partition: 2, with: 1_000..<1_003)
            for _ in 1...2 {
                try await withReader(kafka) { reader in
                    var numbers: [Int32: [Int]] = [:]
                    try await reader.read(topic) { message in
                        numbers[message.partition, default: []].append(message.number)
                        return true
                    }
                    #expect(numbers == [0: Array(0..<700), 2: Array(1_000..<1_003)])
                }
            }
        }
    }

    @Test("reads the part of each partition that is wanted, as far as it is there")
    func readsParts() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 3)
            for partition in Int32(0)...2 { try await kafka.fill(topic, partition: partition, with: 0..<50) }
            try await withReader(kafka) { reader in
                var numbers: [Int32: [Int]] = [:]
                try await reader.read(topic) { partition, present in
                    switch partition {
                    case 0: 10..<13
                    case 1: 60..<70
                    default: present.upperBound - 2..<present.upperBound + 9
                    }
                } _: { message in
                    numbers[message.partition, default: []].append(message.number)
                    return true
                }
                #expect(numbers == [0: [10, 11, 12], 2: [48, 49]])
            }
        }
    }

    @Test("tells how far a group has come in each partition, though it is no member of it")
    func groupOffsets() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 2)
            try await kafka.fill(topic, partition: 0, with: 0..<50)
            try await kafka.fill(topic, partition: 1, with: 0..<7)
            let options = kafka.groupOptions(topic)
            try await kafka.withConsumer(options) { consumer in
                _ = try await consumer.next()
                try await consumer.commit([TopicPartition(topic: topic, partition: 0): 45])
            }
            let reader = try KafkaTopicReader(
                on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration(), group: options.group)
            let outcome: Result<[KafkaGroupOffsets], any Error>
            do {
                outcome = .success(try await reader.groupOffsets(in: topic, timeout: .seconds(20)))
            } catch {
                outcome = .failure(error)
            }
            await reader.close()
            let offsets = try outcome.get()
            #expect(offsets.map(\.partition) == [0, 1])
            #expect(offsets.map(\.committed) == [45, nil])
            #expect(offsets.map(\.lag) == [5, 7])
        }
    }

    @Test("stops when it is told to")
    func stops() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<100)
            try await withReader(kafka) { reader in
                var count = 0
                try await reader.read(topic) { _ in
                    count += 1
                    return count < 7
                }
                #expect(count == 7)
            }
        }
    }

    @Test("says that a topic is empty by ending at once, and that there is none by an error")
    func nothing() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 2)
            try await withReader(kafka) { reader in
                try await reader.read(topic) { _ in
                    Issue.record("an empty topic has a message")
                    return true
                }
                let error = await #expect(throws: KafkaError.self) {
                    try await reader.read(kafka.uniqueName("missing")) { _ in true }
                }
                #expect(error?.isAboutMissingTopic == true)
            }
        }
    }

    @Test("gives up when no broker answers")
    func outage() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topic = try await kafka.createTopic()
            kafka.embedded?.close()
            try await withReader(kafka) { reader in
                await #expect(throws: KafkaError.self) {
                    try await reader.read(topic, patience: .seconds(1)) { _ in true }
                }
            }
        }
    }

    @Test("shows single messages, the next one where there is none, and nothing beyond the end")
    func singleMessages() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 3)
            for partition in [Int32(0), 1] { try await kafka.fill(topic, partition: partition, with: 0..<20) }
            let places = (0..<3).map { TopicPartition(topic: topic, partition: Int32($0)) }
            try await withReader(kafka) { reader in
                // Often, since one assignment follows the other while the library is still ending that.
                for offset in (0..<40).map({ Int64($0 * 7 % 20) }) {
                    let found = try await reader.messages(at: [places[0]: offset, places[1]: 3, places[2]: 0])
                    #expect(found.mapValues(\.offset) == [places[0]: offset, places[1]: 3])
                    #expect(found[places[0]]?.number == Int(offset))
                }
                #expect(try await reader.messages(at: [places[0]: 20]).isEmpty)
                #expect(try await reader.messages(at: [places[0]: 90]).isEmpty)
                #expect(try await reader.messages(at: [places[1]: 19]).count == 1)
                #expect(try await reader.messages(at: [:]).isEmpty)
            }
        }
    }

    @Test("does not wait for a broker that shows nothing longer than it is told to")
    func patience() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<3)
            try await withReader(kafka) { reader in
                let place = TopicPartition(topic: topic, partition: 0)
                #expect(try await reader.messages(at: [place: 2]).count == 1)
                try kafka.embedded?.takeDown()
                let start = MonotonicTime.now
                await #expect(throws: KafkaError.self) {
                    _ = try await reader.messages(at: [place: 2], patience: .milliseconds(300))
                }
                #expect(MonotonicTime.now - start < .seconds(5))
                try kafka.embedded?.bringUp()
                #expect(try await reader.messages(at: [place: 2], patience: .seconds(20)).count == 1)
            }
        }
    }
}
