public import Domain
public import EventLoop
public import Kafka

/// The dead letter topic, for those who look after it. Belongs to no group: whoever else reads the topic is not
/// disturbed. To be opened for one piece of work, and used on the loop that it was opened on.
public struct KafkaDeadLetters: Sendable {
    private let reader: KafkaTopicReader
    private let producer: KafkaProducer?
    private let sending: Sending?
    /// The topic's name.
    public let topic: String
    /// How long nothing may come before a call gives up, and how long a message may take to be sent.
    private let patience: Duration

    /// What it takes to send messages once more.
    public struct Sending: Sendable {
        let topic: String
        let maximumValueBytes: Int
        let value: @Sendable (_ value: [UInt8], _ original: QueuePosition) -> [UInt8]

        /// To `topic` and no other one, whatever a letter says: whoever can write letters would choose it. Values of at
        /// most so many bytes; `value` makes the one to send of one that lay at `original`.
        public init(
            to topic: String, maximumValueBytes: Int,
            value: @escaping @Sendable (_ value: [UInt8], _ original: QueuePosition) -> [UInt8]
        ) {
            self.topic = topic
            self.maximumValueBytes = maximumValueBytes
            self.value = value
        }
    }

    /// Starts the clients; brokers need not be reachable yet. Without `sending` letters can only be read. A call that
    /// hears nothing for as long as `patience` gives up.
    public static func open(
        on loop: EventLoop, blocking: BlockingThread, _ configuration: KafkaConfiguration, topic: String,
        sending: Sending? = nil, patience: Duration = .seconds(10)
    ) async throws(QueueError) -> KafkaDeadLetters {
        do throws(KafkaError) {
            let reader = try KafkaTopicReader(on: loop, blocking: blocking, configuration: configuration)
            do throws(KafkaError) {
                let producer = try sending.map { sending throws(KafkaError) in
                    let options = KafkaProducerOptions(
                        deliveryTimeout: patience,
                        maxRecordBytes: RecordSize.maximum(inlineBytes: sending.maximumValueBytes))
                    return try KafkaProducer(
                        on: loop, blocking: blocking, configuration: configuration, options: options)
                }
                return KafkaDeadLetters(
                    reader: reader, producer: producer, sending: sending, topic: topic, patience: patience)
            } catch {
                await reader.close()
                throw error
            }
        } catch {
            throw QueueError(error)
        }
    }

    /// Hands every letter that the topic holds now to `take`, until that returns false; `part` tells which offsets of a
    /// partition are wanted. False when there is no such topic, since no worker has made it yet. Can be called once.
    public func read(
        part: (_ partition: Int32, _ present: Range<Int64>) -> Range<Int64> = { $1 },
        _ take: (DeadLetterRecord) async -> Bool
    ) async throws(QueueError) -> Bool {
        do throws(KafkaError) {
            try await reader.read(topic, patience: patience, part: part) { await take(DeadLetterRecord($0)) }
            return true
        } catch {
            guard error.isAboutMissingTopic else { throw QueueError(error) }
            return false
        }
    }

    /// The youngest letters, at most `limit`, of those before `marks`; nil when there is no such topic. Reads no more
    /// than `limit` of each partition, as long as `mayGoOn`. Can be called once.
    public func youngest(
        _ limit: Int, before marks: DeadLetterMarks? = nil, while mayGoOn: () -> Bool = { true }
    ) async throws(QueueError) -> DeadLetterPage? {
        var stretches: [Int32: DeadLetterPage.Stretch] = [:]
        let isThere = try await read { partition, present in
            let end = min(present.upperBound, max(marks?.offsets[partition] ?? .max, present.lowerBound))
            let offsets = max(present.lowerBound, end - Int64(limit))..<end
            stretches[partition] = DeadLetterPage.Stretch(offsets: offsets, oldest: present.lowerBound)
            return offsets
        } _: { letter in
            stretches[letter.position.partition]?.letters.append(letter.withoutMessage)
            return mayGoOn()
        }
        return isThere ? DeadLetterPage(stretches, limit: limit) : nil
    }

    /// The letter at a place; nil when there is none. Can be called once.
    public func letter(at place: DeadLetterPlace) async throws(QueueError) -> DeadLetterRecord? {
        var found: DeadLetterRecord?
        _ = try await read { partition, present in
            partition == place.partition
                ? place.offset..<place.offset + 1 : present.lowerBound..<present.lowerBound
        } _: { letter in
            found = letter
            return false
        }
        return found
    }

    /// Sends the letter's message to the topic it came from, if that is the one to send to, under its key. The letter
    /// stays where it is.
    public func redrive(_ letter: DeadLetterRecord) async -> Redriving {
        guard let producer, let sending else { preconditionFailure("opened for reading only") }
        guard let original = letter.original else { return .noLetter }
        guard original.topic == sending.topic else { return .otherTopic(original.topic, wanted: sending.topic) }
        guard let value = letter.value else { return .noMessage }
        do throws(KafkaError) {
            let record = KafkaRecord(
                topic: sending.topic, key: letter.key, value: sending.value(value, original))
            let place = try await producer.send(record)
            return .sent(QueuePosition(topic: place.topic, partition: place.partition, offset: place.offset))
        } catch {
            return .failed(QueueError(error))
        }
    }

    /// Closes the clients.
    public func close() async {
        await reader.close()
        _ = await producer?.close(flushTimeout: .seconds(5))
    }
}
