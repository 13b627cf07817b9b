import Domain
import Foundation
import JSON
import Telemetry

/// The value of a message on the dead letter topic: the message as it was, byte for byte, and why it is here.
enum DeadLetter {
    static func value(_ delivery: JobDelivery, reason: String, at time: WallTime) -> [UInt8] {
        JSONWriter.object { object in
            object.field("original_topic", delivery.position.topic)
            object.field("original_partition", delivery.position.partition)
            object.field("original_offset", delivery.position.offset)
            let keyIsText = write(delivery.key, as: "original_key", to: &object)
            let valueIsText = write(delivery.value, as: "original_value", to: &object)
            if !valueIsText { object.field("original_encoding", "base64") }
            if !keyIsText { object.field("original_key_encoding", "base64") }
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
