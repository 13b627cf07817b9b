import EventLoop
import Kafka
import TestSupport
import Testing

@Suite("A consumer", .timeLimit(.minutes(10)))
struct KafkaConsumerTests {
    @Test("receives every message, in order within each partition, and knows the watermarks")
    func order() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 3)
            for partition in 0..<3 {
                try await kafka.fill(topic, partition: Int32(partition), with: 0..<1000)
            }
            let options = kafka.groupOptions(topic)
            try await kafka.withConsumer(options) { consumer in
                let messages = try await consumer.collect(3000)
                for partition in 0..<3 {
                    let own = messages.filter { $0.partition == Int32(partition) }
                    #expect(own.map(\.number) == Array(0..<1000))
                    #expect(own.map(\.offset) == (0..<1000).map { Int64($0) })
                }
                #expect(consumer.assignment == Set(messages.map(\.topicPartition)))
                let marks = try await consumer.watermarks(TopicPartition(topic: topic, partition: 1))
                #expect(marks == (low: 0, high: 1000))
            }
        }
    }

    @Test("gets keys, headers, nulls, empties and timestamps as they were sent")
    func fidelity() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            let headers = [
                KafkaHeader("traceparent", "00-1"), KafkaHeader("dup", "1"), KafkaHeader("dup", "2"),
                KafkaHeader("null", nil), KafkaHeader("empty", []), KafkaHeader("имя", [0, 255]),
            ]
            let records = [
                KafkaRecord(
                    topic: topic, key: Array("k".utf8), value: [0, 1, 255], headers: headers, timestamp: 1_234),
                KafkaRecord(topic: topic, key: Array("gone".utf8), value: nil),
                KafkaRecord(topic: topic, key: nil, value: []),
                KafkaRecord(topic: topic, key: [], value: Array("ж".utf8)),
            ]
            try await kafka.withProducer { producer in
                for outcome in await producer.send(records) { _ = try outcome.get() }
            }
            let options = kafka.groupOptions(topic)
            try await kafka.withConsumer(options) { consumer in
                let messages = try await consumer.collect(4)
                #expect(messages.map(\.key) == records.map(\.key))
                #expect(messages.map(\.value) == records.map(\.value))
                #expect(messages.map(\.headers) == records.map(\.headers))
                #expect(messages[0].timestamp == 1_234)
                #expect((messages[1].timestamp ?? 0) > 1_700_000_000_000)
            }
        }
    }

    @Test("hands a successor everything after the committed offset and nothing before it")
    func succession() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<10)
            let place = TopicPartition(topic: topic, partition: 0)
            let options = kafka.groupOptions(topic)
            try await kafka.withConsumer(options) { first in
                #expect(try await first.collect(10).map(\.number) == Array(0..<10))
                #expect(try await first.committed([place]) == [:])
                try await first.commit([place: 4])
                #expect(try await first.committed([place]) == [place: 4])
            }
            try await kafka.withConsumer(options) { second in
                let rest = try await second.collect(6).map(\.number)
                #expect(rest == Array(4..<10))
            }
        }
    }

    @Test("keeps the words of a commit for whoever asks, and the last one counts")
    func commitMetadata() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<5)
            let place = TopicPartition(topic: topic, partition: 0)
            try await kafka.withConsumer(kafka.groupOptions(topic)) { consumer in
                _ = try await consumer.collect(5)
                for commit in [KafkaCommit(4, metadata: "log 3 0123456789abcdef"), KafkaCommit(5, metadata: "ж"), 2] {
                    try await consumer.commit([place: commit])
                    let committed = try await consumer.committed([place])
                    #expect(committed == [place: commit])
                }
            }
        }
    }

    @Test("goes back to where it is told, also while it is paused")
    func seek() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<1_000)
            let place = TopicPartition(topic: topic, partition: 0)
            try await kafka.withConsumer(kafka.groupOptions(topic)) { consumer in
                _ = try await consumer.collect(500)
                consumer.seek(to: [place: 100])
                func first(below limit: Int) async throws -> Int {
                    while true {
                        if let number = try await consumer.next().first?.number, number < limit { return number }
                    }
                }
                #expect(try await first(below: 500) == 100)
                consumer.pause()
                consumer.seek(to: [place: 3])
                let meanwhile = try await kafka.pull(consumer, within: .milliseconds(150))
                #expect(meanwhile == nil)
                consumer.resume()
                #expect(try await first(below: 100) == 3)
            }
        }
    }

    @Test("commits at the close what the application hands in")
    func commitOnRevoke() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<5)
            let place = TopicPartition(topic: topic, partition: 0)
            let options = kafka.groupOptions(topic)
            let hooks = KafkaConsumerHooks(onRevoked: { partitions, isLost in
                #expect(partitions == [place] && !isLost)
                return [place: 3]
            })
            try await kafka.withConsumer(options, hooks: hooks) { _ = try await $0.collect(5) }
            try await kafka.withConsumer(options) { successor in
                // Before the group has formed, its coordinator answers nothing else.
                #expect(try await kafka.wait { !successor.assignment.isEmpty })
                let committed = try await successor.committed([place])
                #expect(committed == [place: 3])
            }
        }
    }

    @Test("neither loses nor repeats messages when it is paused and resumed, and gets none meanwhile")
    func pause() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<3000)
            let options = kafka.groupOptions(topic)
            try await kafka.withConsumer(options) { consumer in
                var numbers = try await consumer.next(limit: 50).map(\.number)
                for _ in 0..<5 {
                    consumer.pause()
                    let meanwhile = try await kafka.pull(consumer, within: .milliseconds(150))
                    #expect(meanwhile == nil)
                    consumer.resume()
                    numbers += try await consumer.next(limit: 50).map(\.number)
                }
                while numbers.count < 3000 { numbers += try await consumer.next(limit: 70).map(\.number) }
                #expect(numbers == Array(0..<3000))
            }
        }
    }

    @Test("keeps everything in order when far more is stored than it fetches ahead")
    func backPressure() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<20_000)
            var options = kafka.groupOptions(topic)
            options.prefetchMessages = 500
            try await kafka.withConsumer(options) { consumer in
                var numbers: [Int] = []
                while numbers.count < 20_000 {
                    let messages = try await consumer.next(limit: 300, byteLimit: 500)
                    #expect(messages.count <= 300)
                    #expect(messages.dropLast().reduce(0) { $0 + ($1.value?.count ?? 0) } < 500)
                    numbers += messages.map(\.number)
                }
                #expect(numbers == Array(0..<20_000))
            }
        }
    }

    @Test("is not put out of its group for being idle longer than max.poll.interval")
    func idle() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            let journal = Journal()
            var options = kafka.groupOptions(topic)
            options.maxPollInterval = options.sessionTimeout
            try await kafka.withConsumer(options, hooks: journal.hooks) { consumer in
                #expect(try await kafka.wait { !consumer.assignment.isEmpty })
                // The wait is the point: it outlasts the library's patience.
                try await kafka.loop.sleep(for: options.maxPollInterval + .seconds(2))
                #expect(journal.lines == ["assigned 1"])
                try await kafka.fill(topic, with: 0..<1)
                #expect(try await consumer.collect(1).map(\.number) == [0])
            }
        }
    }

    @Test("ends a waiting pull when it is closed, and when the task is cancelled")
    func endOfPull() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            let options = kafka.groupOptions(topic)
            let consumer = try kafka.makeConsumer(options)
            let cancelled = kafka.loop.spawn { try await consumer.next() }
            try await kafka.loop.sleep(for: .milliseconds(20))
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            let closed = kafka.loop.spawn { try await consumer.next() }
            try await kafka.loop.sleep(for: .milliseconds(20))
            await consumer.close()
            let error = await #expect(throws: KafkaError.self) { try await closed.value }
            #expect(error?.caseName == "closed")
        }
    }

    @Test("closes within its deadline when the broker is gone")
    func closeWithoutBroker() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.fill(topic, with: 0..<100)
            let place = TopicPartition(topic: topic, partition: 0)
            let options = kafka.groupOptions(topic)
            let consumer = try kafka.makeConsumer(options)
            _ = try await consumer.collect(1)
            try kafka.embedded?.takeDown()
            let commit = kafka.loop.spawn { try await consumer.commit([place: 1]) }
            try await kafka.loop.sleep(for: .milliseconds(100))
            let start = MonotonicTime.now
            await consumer.close(timeout: .seconds(2))
            #expect(MonotonicTime.now - start < .seconds(6))
            await #expect(throws: KafkaError.self) { try await commit.value }
        }
    }
}

extension TestKafka {
    /// Pulls, but not longer than `limit`; nil when nothing came.
    func pull(_ consumer: KafkaConsumer, within limit: Duration) async throws -> [KafkaMessage]? {
        let pull = loop.spawn { try await consumer.next() }
        let timer = loop.schedule(after: limit) { pull.cancel() }
        defer { loop.cancel(timer) }
        do {
            return try await pull.value
        } catch is CancellationError {
            return nil
        }
    }
}
