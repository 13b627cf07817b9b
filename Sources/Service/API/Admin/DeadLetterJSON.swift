public import Domain
public import JSON
import Telemetry

/// How operators get dead letters, over HTTP and from the command line.
public enum DeadLetterJSON {
    /// The fields of one letter; with its message what is no text is base64.
    public static func write(_ letter: DeadLetterRecord, withMessage: Bool, to object: inout JSONObjectWriter) {
        object.field("partition", letter.position.partition)
        object.field("offset", letter.position.offset)
        object.field("timestamp", letter.time?.rfc3339)
        object.field("original_topic", letter.original?.topic)
        object.field("original_partition", letter.original?.partition)
        object.field("original_offset", letter.original?.offset)
        object.field("error_reason", letter.reason)
        object.field("original_bytes_left_out", ifPresent: letter.bytesLeftOut)
        guard withMessage else { return }
        write(letter.key, as: "key", to: &object)
        write(letter.value, as: "value", to: &object)
    }

    private static func write(_ bytes: [UInt8]?, as name: String, to object: inout JSONObjectWriter) {
        let text = bytes.flatMap { String(validating: $0, as: UTF8.self) }
        object.field(name, text ?? bytes.map(Base64.text))
        if bytes != nil, text == nil { object.field("\(name)_encoding", "base64") }
    }
}
