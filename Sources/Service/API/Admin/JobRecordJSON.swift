public import Domain
public import JSON
import Telemetry

/// How operators get jobs, over HTTP and from the command line.
public enum JobRecordJSON {
    /// The fields of one job.
    public static func write(_ record: JobRecord, to object: inout JSONObjectWriter) {
        let status = record.status
        object.field("request_id", status.id.description)
        object.field("status", status.state.rawValue)
        object.field("client", record.client)
        object.field("priority", record.input.priority.value)
        object.field("attempts", status.attempts)
        object.field("losses", record.losses)
        object.field("worker", record.worker)
        object.field("created_at", status.createdAt.rfc3339)
        object.field("started_at", status.startedAt?.rfc3339)
        object.field("completed_at", status.completedAt?.rfc3339)
        object.field("retry_at", status.retry?.at.rfc3339)
        object.field("query_text", record.input.query)
        object.field("category", record.input.category)
        object.field("requested_model", record.input.model)
        object.field("input_range", record.input.inputRange)
        object.field("output_range", record.input.outputRange)
        object.field("input_data_bytes", record.dataBytes)
        object.field("result_bytes", record.resultBytes)
        if let failure = failure(of: record) {
            object.object("error") { error in
                error.field("class", failure.failureClass.rawValue)
                error.field("retryable", failure.isRetryable)
                error.field("message", failure.message)
            }
        }
        if case .failed(let failure) = record.result { object.field("tokens_used", failure.tokens.total) }
        guard case .completed(let output, let seconds) = record.result else { return }
        object.field("message", output.message)
        object.field("model", output.model)
        object.field("provider", output.provider)
        object.field("tokens_used", output.tokens.total)
        object.field("processing_time", seconds)
    }

    /// Why the job failed, or why its last try did.
    public static func failure(of record: JobRecord) -> JobFailure? {
        if case .failed(let failure) = record.result { return failure }
        return record.status.retry?.failure
    }
}
