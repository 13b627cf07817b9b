import EventLoop
import Kafka
import TestSupport

extension TestKafka {
    /// Runs `body` with a producer that is closed afterwards.
    @discardableResult
    func withProducer<Success>(
        _ options: KafkaProducerOptions = KafkaProducerOptions(),
        extra: [String: String] = [:],
        _ body: (KafkaProducer) async throws -> Success
    ) async throws -> Success {
        let producer = try KafkaProducer(
            on: loop, blocking: blocking, configuration: configuration(extra: extra), options: options)
        do {
            let result = try await body(producer)
            await producer.close(flushTimeout: .seconds(5))
            return result
        } catch {
            await producer.close(flushTimeout: .zero)
            throw error
        }
    }

    /// A group of its own on `topic`. The embedded broker waits almost a whole session for members to come back;
    /// real ones accept sessions from 6 s.
    func groupOptions(_ topic: String) -> KafkaConsumerOptions {
        let session = Duration.seconds(embedded == nil ? 6 : 3)
        return KafkaConsumerOptions(group: uniqueName("group"), topics: [topic], sessionTimeout: session)
    }

    /// A consumer whose group forms and reacts as quickly as the brokers allow.
    func makeConsumer(
        _ options: KafkaConsumerOptions, hooks: KafkaConsumerHooks = KafkaConsumerHooks(), extra: [String: String] = [:]
    ) throws -> KafkaConsumer {
        let quick = ["heartbeat.interval.ms": "200", "fetch.wait.max.ms": "50"]
        return try KafkaConsumer(
            on: loop, blocking: blocking,
            configuration: configuration(extra: quick.merging(extra) { _, given in given }),
            options: options, hooks: hooks)
    }

    /// Runs `body` with a consumer that is closed afterwards.
    @discardableResult
    func withConsumer<Success>(
        _ options: KafkaConsumerOptions,
        hooks: KafkaConsumerHooks = KafkaConsumerHooks(),
        extra: [String: String] = [:],
        _ body: (KafkaConsumer) async throws -> Success
    ) async throws -> Success {
        let consumer = try makeConsumer(options, hooks: hooks, extra: extra)
        do {
            let result = try await body(consumer)
            await consumer.close()
            return result
        } catch {
            await consumer.close(timeout: .seconds(1))
            throw error
        }
    }

    /// Sends the numbers of `range` as text, to `partition`, and returns when all are stored.
    func fill(_ topic: String, partition: Int32 = 0, with range: Range<Int>) async throws {
        try await withProducer { producer in
            let records = range.map {
                KafkaRecord(topic: topic, partition: partition, value: Array(String($0).utf8))
            }
            for outcome in await producer.send(records) { _ = try outcome.get() }
        }
    }

    /// Waits until `condition` holds; gives up after `limit`.
    func wait(upTo limit: Duration = .seconds(30), until condition: () -> Bool) async throws -> Bool {
        let deadline = MonotonicTime.now + limit
        while !condition() {
            if MonotonicTime.now > deadline { return false }
            try await loop.sleep(for: .milliseconds(20))
        }
        return true
    }
}

extension KafkaConsumer {
    /// Pulls until `count` messages have come.
    func collect(_ count: Int) async throws -> [KafkaMessage] {
        var messages: [KafkaMessage] = []
        while messages.count < count { messages += try await next() }
        return messages
    }
}

extension KafkaMessage {
    /// The value as a number; -1 when it is none.
    var number: Int { Int(String(decoding: value ?? [], as: UTF8.self)) ?? -1 }
}
