public import Domain
import FoundationEssentials
import JSON
public import Kafka
public import Telemetry

/// A dead letter, read back.
public struct DeadLetterRecord: Sendable, Equatable {
    /// Where the letter lies.
    public let position: QueuePosition
    /// When it was written.
    public let time: WallTime?
    /// Where the message lay; nil when the letter cannot be read.
    public let original: QueuePosition?
    /// The message's key.
    public private(set) var key: [UInt8]?
    /// The message's value; nil for a tombstone, for one that was left out, and when the letter cannot be read.
    public private(set) var value: [UInt8]?
    /// How many bytes were left out of the letter, as too many.
    public let bytesLeftOut: Int?
    /// Why the message is here.
    public let reason: String

    /// The same letter without key and value.
    public var withoutMessage: DeadLetterRecord {
        var letter = self
        (letter.key, letter.value) = (nil, nil)
        return letter
    }

    /// Reads what `message` holds; anything may lie on a topic.
    public init(_ message: KafkaMessage) {
        position = QueuePosition(topic: message.topic, partition: message.partition, offset: message.offset)
        time = message.timestamp.map { WallTime(microseconds: $0 * 1_000) }
        guard let letter = Self.object(message.value ?? []), let original = Self.original(letter) else {
            original = nil
            (key, value, bytesLeftOut) = (nil, nil, nil)
            reason = "this message is not a dead letter"
            return
        }
        self.original = original
        key = Self.bytes(letter, "original_key", encoding: "original_key_encoding")
        value = Self.bytes(letter, "original_value", encoding: "original_encoding")
        bytesLeftOut = letter["original_bytes_left_out"]?.intValue
        reason = letter["error_reason"]?.stringValue ?? ""
    }

    private static func object(_ bytes: [UInt8]) -> JSONValue? {
        do throws(JSONParseError) {
            return try JSONParser().parse(bytes)
        } catch {
            return nil
        }
    }

    private static func original(_ letter: JSONValue) -> QueuePosition? {
        guard let topic = letter["original_topic"]?.stringValue,
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
