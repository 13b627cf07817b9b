import Domain
import EventLoop
import Kafka
import Telemetry
import TestSupport
import Testing

@testable import Queue

@Suite("The operators' side of the queue", .timeLimit(.minutes(10)))
struct KafkaQueueDeskTests {
    private func desk(
        _ kafka: TestKafka, _ topics: QueueTopics, metrics: QueueMetrics = .disabled
    ) throws -> KafkaQueueDesk {
        KafkaQueueDesk(
            on: kafka.loop, blocking: kafka.blocking, kafka.configuration(), topics: topics, group: "workers",
            sending: KafkaDeadLetters.Sending(to: topics.requests.name, maximumValueBytes: 500_000) { value, _ in
                value + Array("!".utf8)
            },
            metrics: metrics, logger: Logger(try LogSink(minimumLevel: .error, format: .text)))
    }

    private func bury(_ bench: QueueBench, _ values: [String], of topic: String? = nil) async throws {
        for (offset, value) in values.enumerated() {
            let place = QueuePosition(topic: topic ?? bench.topics.requests.name, partition: 0, offset: Int64(offset))
            let delivery = JobDelivery(position: place, key: Array("k".utf8), value: Array(value.utf8))
            try await bench.queue.bury(delivery, reason: "why \(value)")
        }
    }

    @Test("lists letters in pages, youngest first, and shows each with its message")
    func pages() async throws {
        try await QueueBench.run { bench in
            let desk = try desk(bench.kafka, bench.topics)
            #expect(try await desk.deadLetters(limit: 3, before: nil) == DeadLetterPage(letters: [], next: nil))
            try await bury(bench, ["a", "b", "c", "d", "e"])
            let first = try await desk.deadLetters(limit: 3, before: nil)
            #expect(first.letters.map(\.reason) == ["why e", "why d", "why c"])
            #expect(first.letters.allSatisfy { $0.value == nil })
            let second = try await desk.deadLetters(limit: 3, before: first.next)
            #expect(second.letters.map(\.reason) == ["why b", "why a"])
            #expect(second.next == nil)
            let letter = try await desk.deadLetter(at: DeadLetterPlace(partition: 0, offset: 3))
            #expect(letter?.value == Array("d".utf8) && letter?.key == Array("k".utf8))
            #expect(try await desk.deadLetter(at: DeadLetterPlace(partition: 0, offset: 5)) == nil)
            #expect(try await desk.deadLetter(at: DeadLetterPlace(partition: 7, offset: 0)) == nil)
        }
    }

    @Test("sends what is named, and nothing between, to where it came from, and tells what came of each")
    func redrive() async throws {
        try await QueueBench.run { bench in
            let desk = try desk(bench.kafka, bench.topics)
            try await bury(bench, ["a", "b", "c"])
            let places = [0, 2, 9].map { DeadLetterPlace(partition: 0, offset: $0) }
            let outcomes = try await desk.redrive(places)
            #expect(outcomes.count == 3)
            for place in places.prefix(2) {
                guard case .sent(let position)? = outcomes[place] else {
                    Issue.record("\(place) was not sent")
                    continue
                }
                #expect(position.topic == bench.topics.requests.name)
            }
            guard case .unknown? = outcomes[places[2]] else {
                Issue.record("what is not there was sent")
                return
            }
            let source = try bench.source()
            let sent = try await bench.receive(2, from: source)
            #expect(sent.map(\.value) == ["a!", "c!"].map { Array($0.utf8) })
            #expect(sent.map(\.key) == [Array("k".utf8), Array("k".utf8)])
            await source.close()
            // The letters are still there.
            #expect(try await desk.deadLetters(limit: 9, before: nil).letters.count == 3)
        }
    }

    @Test("sends nothing to another topic than that of the requests, whatever a letter says")
    func otherTopic() async throws {
        try await QueueBench.run { bench in
            let responses = bench.topics.responses
            try await bury(bench, ["a"], of: responses.name)
            let place = DeadLetterPlace(partition: 0, offset: 0)
            let outcomes = try await desk(bench.kafka, bench.topics).redrive([place])
            guard case .otherTopic(responses.name, wanted: bench.topics.requests.name)? = outcomes[place] else {
                Issue.record("not refused, but \(outcomes)")
                return
            }
            let reader = try KafkaTopicReader(
                on: bench.kafka.loop, blocking: bench.kafka.blocking, configuration: bench.kafka.configuration())
            try await reader.read(responses.name, patience: .seconds(10)) { message in
                Issue.record("sent: \(message)")
                return true
            }
            await reader.close()
        }
    }

    @Test("tells what the group has not committed, what the process did, and of a topic that is missing nothing")
    func standing() async throws {
        try await QueueBench.run { bench in
            let metrics = QueueMetrics(.disabled)
            for isDone in [true, true, false] { metrics.committed(isDone) }
            metrics.rebalanced(.assigned)
            metrics.rebalanced(.lost)
            await bench.publish(4)
            let standing = try await desk(bench.kafka, bench.topics, metrics: metrics).standing()
            #expect(standing.topic == bench.topics.requests.name && standing.group == "workers")
            #expect(standing.partitions == [.init(number: 0, end: 4, committed: nil, lag: 4)])
            #expect(standing.activity.commits == 2 && standing.activity.failedCommits == 1)
            #expect(standing.activity.assigned == 1 && standing.activity.lost == 1)
            var topics = bench.topics
            topics.requests.name = bench.kafka.uniqueName("missing")
            topics.deadLetters.name = topics.requests.name
            let other = try desk(bench.kafka, topics)
            #expect(try await other.standing().partitions == [])
            #expect(try await other.deadLetters(limit: 3, before: nil).letters.isEmpty)
        }
    }

    @Test("gives up in seconds when no broker answers, and lets no more than four wait for that")
    func away() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topics = try await QueueBench.makeTopics(on: kafka)
            let desk = try desk(kafka, topics)
            kafka.embedded?.close()
            let start = MonotonicTime.now
            let refusals = try await withThrowingTaskGroup(of: Duration.self) { group in
                for _ in 1...6 {
                    group.addTask { () async throws -> Duration in
                        await #expect(throws: QueueError.self) { try await desk.deadLetters(limit: 3, before: nil) }
                        return MonotonicTime.now - start
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // Four that wait one after the other for three seconds each, on a slow machine.
            #expect(refusals.allSatisfy { $0 < .seconds(60) })
            #expect(refusals.count { $0 < .seconds(2) } >= 2)
        }
    }
}
