import Domain
import JSON
import Telemetry

/// The value of a message on the requests topic, as existing producers and consumers know it.
enum RequestMessage {
    /// Renders a job. The data is left out when the message would exceed `limit` bytes; workers take it from the
    /// database, which has all of it.
    static func value(_ entry: OutboxEntry, _ input: JobInput, limit: Int) -> [UInt8] {
        if entry.bytes <= limit {
            let whole = value(entry, input, data: input.data)
            if whole.count <= limit { return whole }
        }
        return value(entry, input, data: nil)
    }

    private static func value(_ entry: OutboxEntry, _ input: JobInput, data: JSONText?) -> [UInt8] {
        JSONWriter.object(capacity: 512 + input.query.utf8.count + (data?.bytes.count ?? 0)) { object in
            object.field("id", entry.id.description)
            object.field("user_id", 0)
            object.field("priority", input.priority.value)
            object.field("query", input.query)
            object.field("input_range", input.inputRange)
            object.field("category", input.category)
            object.field("input_data", data)
            object.field("output_range", input.outputRange)
            object.field("created_at", Double(entry.createdAt.microseconds) / 1_000_000)
            object.field("timestamp", entry.createdAt.rfc3339)
        }
    }
}
