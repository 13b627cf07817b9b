import EventLoop
import Kafka
import TestSupport
import Testing

@Suite("A producer", .timeLimit(.minutes(10)))
struct KafkaProducerTests {
    @Test("tells where each record was stored")
    func positions() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.withProducer { producer in
                let first = try await producer.send(KafkaRecord(topic: topic, value: [1]))
                let second = try await producer.send(KafkaRecord(topic: topic, value: [2]))
                #expect(first == KafkaPosition(topic: topic, partition: 0, offset: 0))
                #expect(second == KafkaPosition(topic: topic, partition: 0, offset: 1))
            }
        }
    }

    @Test("sends 5000 records at once and answers in their order")
    func batch() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.withProducer { producer in
                let records = (0..<5000).map { KafkaRecord(topic: topic, value: Array(String($0).utf8)) }
                let offsets = try await producer.send(records).map { try $0.get().offset }
                #expect(offsets == (0..<5000).map { Int64($0) })
                #expect(producer.pendingCount == 0)
            }
        }
    }

    @Test("sends records of one key to one partition")
    func keys() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 4)
            try await kafka.withProducer { producer in
                let records = (0..<40).map { KafkaRecord(topic: topic, key: [UInt8($0 % 8)], value: []) }
                let partitions = try await producer.send(records).map { try $0.get().partition }
                #expect(Set(partitions).count > 1)
                for index in 8..<40 { #expect(partitions[index] == partitions[index % 8]) }
            }
        }
    }

    @Test("by send: all records of one send go to one partition, whatever their keys, those of others elsewhere")
    func partitionsBySend() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic(partitions: 4)
            try await kafka.withProducer(KafkaProducerOptions(partitioning: .bySend)) { producer in
                var chosen: [Int32] = []
                for _ in 0..<24 {
                    let records = (0..<8).map { KafkaRecord(topic: topic, key: [UInt8($0)], value: []) }
                    let partitions = Set(try await producer.send(records).map { try $0.get().partition })
                    #expect(partitions.count == 1)
                    chosen += partitions
                }
                // Also where every other send is for another topic.
                let halves = [0, 1].map { half in Set(chosen.indices.filter { $0 % 2 == half }.map { chosen[$0] }) }
                for half in halves { #expect(half == [0, 1, 2, 3]) }
                let named = try await producer.send(KafkaRecord(topic: topic, partition: 2, value: []))
                #expect(named.partition == 2)
            }
        }
    }

    @Test("fails a record within its time limit while the broker is down, and works again when it is back")
    func outage() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topic = try await kafka.createTopic()
            let options = KafkaProducerOptions(deliveryTimeout: .milliseconds(1500))
            try await kafka.withProducer(options) { producer in
                _ = try await producer.send(KafkaRecord(topic: topic, value: [0]))
                try kafka.embedded?.takeDown()
                let start = MonotonicTime.now
                let error = await #expect(throws: KafkaError.self) {
                    try await producer.send(KafkaRecord(topic: topic, value: [1]))
                }
                #expect(MonotonicTime.now - start < .seconds(5))
                #expect(error?.caseName == "timedOut")
                #expect(error?.isRetriable == true)
                try kafka.embedded?.bringUp()
                let next = try await producer.send(KafkaRecord(topic: topic, value: [2]))
                #expect(next.offset >= 1)
            }
        }
    }

    @Test("keeps records that were sent during a short outage")
    func shortOutage() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.withProducer { producer in
                _ = try await producer.send(KafkaRecord(topic: topic, value: [0]))
                try kafka.embedded?.takeDown()
                let outcomes = kafka.loop.spawn {
                    await producer.send((1...100).map { KafkaRecord(topic: topic, value: [UInt8($0)]) })
                }
                try await kafka.loop.sleep(for: .milliseconds(300))
                #expect(producer.pendingCount == 100)
                try kafka.embedded?.bringUp()
                let offsets = try await outcomes.value.map { try $0.get().offset }
                #expect(offsets == (1...100).map { Int64($0) })
            }
        }
    }

    @Test("refuses a record that is too large, and only that one")
    func tooLarge() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.withProducer(KafkaProducerOptions(maxRecordBytes: 2000)) { producer in
                let header = [KafkaHeader("a", "b")]
                let outcomes = await producer.send([
                    KafkaRecord(topic: topic, value: Array(repeating: 7, count: 3000), headers: header),
                    KafkaRecord(topic: topic, value: [1], headers: header),
                ])
                #expect(outcomes.map(\.failureName) == ["rejected", nil])
            }
        }
    }

    @Test("says so when its queue is full")
    func queueFull() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topic = try await kafka.createTopic()
            try kafka.embedded?.takeDown()
            let options = KafkaProducerOptions(deliveryTimeout: .seconds(1), maxPendingRecords: 10)
            try await kafka.withProducer(options) { producer in
                let outcomes = await producer.send((0..<12).map { KafkaRecord(topic: topic, value: [UInt8($0)]) })
                let expected = Array(repeating: "timedOut", count: 10) + ["queueFull", "queueFull"]
                #expect(outcomes.map(\.failureName) == expected)
            }
        }
    }

    @Test("rejects a partition that does not exist")
    func unknownPartition() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic()
            try await kafka.withProducer { producer in
                _ = try await producer.send(KafkaRecord(topic: topic, value: [1]))
                let error = await #expect(throws: KafkaError.self) {
                    try await producer.send(
                        KafkaRecord(topic: topic, partition: 9, value: [2], headers: [KafkaHeader("a", "b")]))
                }
                #expect(error?.fault?.name == "_UNKNOWN_PARTITION")
                #expect(error?.isAboutMissingTopic == true)
            }
        }
    }

    @Test("closes in time with records outstanding, whose senders learn that it closed")
    func closeWithOutstanding() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let topic = try await kafka.createTopic()
            try kafka.embedded?.takeDown()
            let producer = try KafkaProducer(
                on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration())
            let outcomes = kafka.loop.spawn {
                await producer.send((0..<50).map { KafkaRecord(topic: topic, value: [UInt8($0)]) })
            }
            #expect(try await kafka.wait { producer.pendingCount == 50 })
            let start = MonotonicTime.now
            #expect(await producer.close(flushTimeout: .milliseconds(200)) == 50)
            #expect(MonotonicTime.now - start < .seconds(4))
            #expect(try await outcomes.value.allSatisfy { $0.failureName == "closed" })
            let late = await producer.send([KafkaRecord(topic: topic, value: [1])])
            #expect(late[0].failureName == "closed")
        }
    }

    @Test("hands its log lines to the sink")
    func logs() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let lines = Lock<[String]>([])
            let configuration = kafka.configuration(extra: ["fetch.wait.max.ms": "50"]) { level, facility, message in
                lines.withLock { $0.append("\(level) \(facility) \(message)") }
            }
            let producer = try KafkaProducer(on: kafka.loop, blocking: kafka.blocking, configuration: configuration)
            // A consumer's setting on a producer earns a warning.
            #expect(try await kafka.wait { lines.withLock { !$0.isEmpty } })
            await producer.close()
            #expect(lines.withLock { $0 }.contains { $0.hasPrefix("warning CONFWARN") && $0.contains("fetch.wait") })
        }
    }
}
