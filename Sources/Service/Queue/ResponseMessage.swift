import Domain
import JSON
import Telemetry

/// The value of a message on the responses topic, as existing consumers know it.
enum ResponseMessage {
    /// Renders an end. Table and text are left out when the message would exceed `limit` bytes; whoever wants them
    /// asks for the result over HTTP. A message that the brokers refuse would be tried for ever.
    static func value(
        _ entry: OutboxEntry, _ result: JobResult, processingSeconds: Double, at time: WallTime, limit: Int
    ) -> [UInt8] {
        if !entry.isLeftOut, entry.bytes <= limit {
            let whole = value(entry, result, isLeftOut: false, processingSeconds: processingSeconds, at: time)
            if whole.count <= limit { return whole }
        }
        return value(entry, result, isLeftOut: true, processingSeconds: processingSeconds, at: time)
    }

    private static func value(
        _ entry: OutboxEntry, _ result: JobResult, isLeftOut: Bool, processingSeconds: Double, at time: WallTime
    ) -> [UInt8] {
        JSONWriter.object(capacity: 512 + (isLeftOut ? 0 : entry.bytes)) { object in
            object.field("request_id", entry.id.description)
            object.object("result") { write(result, isLeftOut: isLeftOut, to: &$0) }
            object.field("processing_time", processingSeconds)
            object.field("timestamp", time.rfc3339)
            object.field("status", status(result))
        }
    }

    private static func status(_ result: JobResult) -> String {
        switch result {
        case .completed: JobState.completed.rawValue
        case .failed: JobState.failed.rawValue
        case .cancelled: JobState.cancelled.rawValue
        case .unfinished(let state): state.rawValue
        }
    }

    private static func write(_ result: JobResult, isLeftOut: Bool, to object: inout JSONObjectWriter) {
        switch result {
        case .completed(let output, _):
            object.field("success", true)
            object.field("result", isLeftOut ? nil : output.table)
            object.field("message", ifPresent: isLeftOut ? nil : output.message)
            object.object("metadata") { metadata in
                metadata.field("category", output.category)
                metadata.field("model", output.model)
                metadata.field("provider", output.provider)
                metadata.field("tokens_used", output.tokens.total)
                if !output.warnings.isEmpty { metadata.field("warnings", JSONValue.array(output.warnings.map(\.json))) }
                if isLeftOut { metadata.field("result_left_out", true) }
            }
        case .failed(let failure):
            object.field("success", false)
            object.field("error", failure.message)
            object.field("error_class", failure.failureClass.rawValue)
        case .cancelled:
            object.field("success", false)
            object.field("error", "cancelled")
        case .unfinished:
            object.field("success", false)
            object.field("error", "unfinished")
        }
    }
}
