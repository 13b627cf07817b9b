import Domain
import FoundationEssentials
import JSON
import Kafka
import Telemetry

extension DeadLetterRecord {
    /// Reads what `message` holds; anything may lie on a topic.
    init(_ message: KafkaMessage) {
        let position = QueuePosition(topic: message.topic, partition: message.partition, offset: message.offset)
        let time = message.timestamp.map { WallTime(microseconds: $0 * 1_000) }
        guard let letter = Self.object(message.value ?? []), let original = Self.original(letter) else {
            self.init(
                position: position, time: time, original: nil, key: nil, value: nil, bytesLeftOut: nil,
                reason: "this message is not a dead letter")
            return
        }
        self.init(
            position: position, time: time, original: original,
            key: Self.bytes(letter, "original_key", encoding: "original_key_encoding"),
            value: Self.bytes(letter, "original_value", encoding: "original_encoding"),
            bytesLeftOut: letter["original_bytes_left_out"]?.intValue,
            reason: letter["error_reason"]?.stringValue ?? "")
    }

    private static func object(_ bytes: [UInt8]) -> JSONValue? {
        do throws(JSONParseError) {
            return try JSONParser().parse(bytes)
        } catch {
            return nil
        }
    }

    private static func original(_ letter: JSONValue) -> QueuePosition? {
        guard let topic = letter["original_topic"]?.stringValue, KafkaTopicSpecification.isName(topic),
            let partition = letter["original_partition"]?.intValue.flatMap({ Int32(exactly: $0) }),
            let offset = letter["original_offset"]?.intValue
        else { return nil }
        return QueuePosition(topic: topic, partition: partition, offset: Int64(offset))
    }

    private static func bytes(_ letter: JSONValue, _ field: String, encoding: String) -> [UInt8]? {
        guard let text = letter[field]?.stringValue else { return nil }
        guard letter[encoding]?.stringValue == "base64" else { return Array(text.utf8) }
        return Data(base64Encoded: text).map { Array($0) }
    }
}
