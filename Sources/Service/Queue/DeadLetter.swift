import Domain
import FoundationEssentials
import JSON
import Telemetry

/// A message on the dead letter topic: the message as it was, byte for byte, and why it is here.
///
/// A message that would be refused for its size there (base64 and escapes make it larger) goes without its bytes:
/// the place where it lies stands in the letter, and a letter that cannot be sent would hold its partition up.
enum DeadLetter {
    /// The longest value. With the key it stays below `maximumRecordBytes`.
    static let maximumValueBytes = 950_000
    /// The largest record; brokers take 1 000 012 bytes unless told otherwise.
    static let maximumRecordBytes = 1_000_000
    /// The longest key that goes along.
    static let maximumKeyBytes = 4_096

    /// The key under which the letter is sent.
    static func key(_ delivery: JobDelivery) -> [UInt8]? {
        delivery.key.flatMap { $0.count <= maximumKeyBytes ? $0 : nil }
    }

    static func value(_ delivery: JobDelivery, reason: String, at time: WallTime) -> [UInt8] {
        let whole = value(delivery, leftOut: nil, reason: reason, at: time)
        guard whole.count > maximumValueBytes else { return whole }
        let place = JobDelivery(position: delivery.position, key: key(delivery), value: nil)
        return value(place, leftOut: delivery.value?.count ?? 0, reason: reason, at: time)
    }

    private static func value(
        _ delivery: JobDelivery, leftOut: Int?, reason: String, at time: WallTime
    ) -> [UInt8] {
        JSONWriter.object { object in
            object.field("original_topic", delivery.position.topic)
            object.field("original_partition", delivery.position.partition)
            object.field("original_offset", delivery.position.offset)
            let keyIsText = write(delivery.key, as: "original_key", to: &object)
            let valueIsText = write(delivery.value, as: "original_value", to: &object)
            if !valueIsText { object.field("original_encoding", "base64") }
            if !keyIsText { object.field("original_key_encoding", "base64") }
            object.field("original_bytes_left_out", ifPresent: leftOut)
            object.field("error_reason", reason)
            object.field("timestamp", time.rfc3339)
        }
    }

    /// Writes text as it is and anything else as base64. Returns whether it was text.
    private static func write(_ bytes: [UInt8]?, as field: String, to object: inout JSONObjectWriter) -> Bool {
        guard let bytes else {
            object.null(field)
            return true
        }
        if let text = String(validating: bytes, as: UTF8.self) {
            object.field(field, text)
            return true
        }
        object.field(field, Data(bytes).base64EncodedString())
        return false
    }
}
