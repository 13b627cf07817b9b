public import Domain
public import EventLoop
public import Kafka

/// The dead letter topic, for those who look after it. Belongs to no group: whoever else reads the topic is not
/// disturbed. To be used on the loop that it was opened on.
public struct KafkaDeadLetters: Sendable {
    private let reader: KafkaTopicReader
    private let producer: KafkaProducer
    /// The topic's name.
    public let topic: String

    /// Starts the clients; brokers need not be reachable yet. `maximumValueBytes` bounds what can be sent again.
    public static func open(
        on loop: EventLoop, blocking: BlockingThread, _ configuration: KafkaConfiguration, topic: String,
        maximumValueBytes: Int
    ) async throws(QueueError) -> KafkaDeadLetters {
        do throws(KafkaError) {
            let reader = try KafkaTopicReader(on: loop, blocking: blocking, configuration: configuration)
            do throws(KafkaError) {
                let options = KafkaProducerOptions(
                    deliveryTimeout: .seconds(10), maxRecordBytes: max(1_000_000, maximumValueBytes + 65_536))
                let producer = try KafkaProducer(
                    on: loop, blocking: blocking, configuration: configuration, options: options)
                return KafkaDeadLetters(reader: reader, producer: producer, topic: topic)
            } catch {
                await reader.close()
                throw error
            }
        } catch {
            throw QueueError(error)
        }
    }

    /// Hands every letter that the topic holds now to `take`, until that returns false. False when there is no such
    /// topic, since no worker has made it yet.
    public func read(_ take: (DeadLetterRecord) async -> Bool) async throws(QueueError) -> Bool {
        do throws(KafkaError) {
            try await reader.read(topic) { await take(DeadLetterRecord($0)) }
            return true
        } catch {
            guard error.isAboutMissingTopic else { throw QueueError(error) }
            return false
        }
    }

    /// Sends a message with `value` to where the letter's message came from, under its key, and returns where it lies
    /// now. The letter stays where it is.
    public func redrive(_ letter: DeadLetterRecord, value: [UInt8]) async throws(QueueError) -> QueuePosition {
        guard let original = letter.original else { throw QueueError(letter.reason, isRetryable: false) }
        do throws(KafkaError) {
            let place = try await producer.send(KafkaRecord(topic: original.topic, key: letter.key, value: value))
            return QueuePosition(topic: place.topic, partition: place.partition, offset: place.offset)
        } catch {
            throw QueueError(error)
        }
    }

    /// Closes the clients.
    public func close() async {
        await reader.close()
        _ = await producer.close(flushTimeout: .seconds(5))
    }
}
