import EventLoop
public import JSON
public import Kafka

/// A Kafka application that knows nothing of the service but its topics: sends to them and reads them.
public struct KafkaOutsider: Sendable {
    private let loop: EventLoop
    private let producer: KafkaProducer
    private let received = Lock<[KafkaMessage]>([])

    private init(on loop: EventLoop, _ producer: KafkaProducer) {
        self.loop = loop
        self.producer = producer
    }

    /// Runs `body` while an outsider reads `topics` of the brokers `servers` from their beginning.
    public static func with(
        _ servers: String, reading topics: [String], _ body: (KafkaOutsider) async throws -> Void
    ) async throws {
        let group = try EventLoopGroup(count: 1, namePrefix: "outsider")
        let blocking = try BlockingThread(name: "outsider-block")
        defer {
            blocking.shutdown()
            group.shutdown()
        }
        let loop = group.loops[0]
        let configuration = KafkaConfiguration(bootstrapServers: servers, clientID: "outsider")
        let tail = String(UInt64.random(in: 0 ... .max), radix: 36)
        // When the way is cut while it joins, its group waits for the member that it was before, up to two sessions.
        let options = KafkaConsumerOptions(
            group: "outsider-\(tail)", topics: topics, sessionTimeout: .seconds(6))
        let (outsider, consumer) = try await loop.spawn {
            try await waitForTopics(topics, on: loop, blocking, configuration)
            let producer = try KafkaProducer(on: loop, blocking: blocking, configuration: configuration)
            return (
                KafkaOutsider(on: loop, producer),
                try KafkaConsumer(on: loop, blocking: blocking, configuration: configuration, options: options)
            )
        }.value
        let reading = loop.spawn { try await outsider.read(consumer) }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(outsider))
        } catch {
            outcome = .failure(error)
        }
        reading.cancel()
        _ = await reading.result
        try await loop.spawn {
            await consumer.close()
            _ = await outsider.producer.close(flushTimeout: .seconds(1))
        }.value
        try outcome.get()
    }

    /// A reader that comes before its topics would notice them only minutes later.
    private static func waitForTopics(
        _ topics: [String], on loop: EventLoop, _ blocking: BlockingThread, _ configuration: KafkaConfiguration
    ) async throws {
        let admin = try KafkaAdmin(on: loop, blocking: blocking, configuration: configuration)
        let deadline = MonotonicTime.now + .seconds(30)
        while !Set(topics).isSubset(of: try await admin.listTopics().map(\.name)) {
            guard MonotonicTime.now < deadline else { throw Failure("the topics \(topics) are not there") }
            try await loop.sleep(for: .milliseconds(100))
        }
        await admin.close()
    }

    private func read(_ consumer: KafkaConsumer) async throws {
        while true {
            let messages = try await consumer.next()
            received.withLock { $0 += messages }
        }
    }

    /// Puts a message on a partition of a topic and returns where it lies.
    @discardableResult
    public func send(
        _ value: [UInt8], key: String? = nil, to topic: String, partition: Int32 = 0
    ) async throws -> KafkaPosition {
        let record = KafkaRecord(topic: topic, partition: partition, key: key.map { Array($0.utf8) }, value: value)
        let producer = producer
        return try await loop.spawn { try await producer.send(record) }.value
    }

    /// What was read of a topic so far.
    public func messages(of topic: String) -> [KafkaMessage] {
        received.withLock { $0.filter { $0.topic == topic } }
    }

    /// Waits for `count` messages of a topic and returns their values.
    public func values(of topic: String, _ count: Int) async throws -> [JSONValue] {
        let read = try await eventually("\(count) messages of \(topic)") { () -> [KafkaMessage]? in
            let read = messages(of: topic)
            return read.count >= count ? read : nil
        }
        return try read.map { try JSONParser().parse($0.value ?? []) }
    }
}
