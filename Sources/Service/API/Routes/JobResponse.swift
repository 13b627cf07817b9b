import Domain
import HTTP
import HTTPServer
import JSON
import Telemetry

/// What the job routes answer; the shapes that clients rely on.
enum JobResponse {
    static func accepted(_ id: JobID, language: Language) -> Response {
        let text = id.description
        var response = Response(.accepted)
        response.head.fields.add(acceptedFields)
        response.head.fields.add(.location, "/api/ai/status/" + text)
        response.body = .bytes(AcceptedBody.of(language, id: text))
        return response
    }

    /// The same for all jobs, so rendered once.
    private static let acceptedFields: HeaderFields = ["Content-Type": "application/json", "Retry-After": "1"]

    static func status(_ status: JobStatus, language: Language) -> Response {
        let body = JSONWriter.object(capacity: 512) { object in
            object.field("request_id", status.id.description)
            object.field("status", status.state.rawValue)
            object.field("progress", status.state.progress)
            object.field("message", status.phrase.text(in: language))
            object.field("estimated_time", status.estimatedSeconds)
            object.field("queue_position", status.queuePosition)
            object.field("attempts", status.attempts)
            object.field("created_at", status.createdAt.rfc3339)
            object.field("started_at", status.startedAt?.rfc3339)
            object.field("completed_at", status.completedAt?.rfc3339)
            if let retry = status.retry {
                object.field("retry_at", retry.at.rfc3339)
                write(retry.failure, as: "error", to: &object)
            }
        }
        return Response(.ok, contentType: "application/json", body: body)
    }

    static func result(_ result: JobResult, language: Language) -> Response {
        let body = JSONWriter.object(capacity: 1024) { object in
            switch result {
            case .unfinished(let state):
                object.field("success", false)
                object.field("status", state.rawValue)
                object.field("message", Phrase.unfinished.text(in: language))
            case .cancelled:
                object.field("success", false)
                object.field("status", JobState.cancelled.rawValue)
                object.field("message", Phrase.cancelled.text(in: language))
            case .failed(let failure): write(failure, to: &object)
            case .completed(let output, let seconds): write(output, seconds, to: &object)
            }
        }
        return Response(.ok, contentType: "application/json", body: body)
    }

    private static func write(_ failure: JobFailure, to object: inout JSONObjectWriter) {
        object.field("success", false)
        object.field("status", JobState.failed.rawValue)
        object.field("message", failure.message)
        write(failure, as: "error", to: &object)
    }

    private static func write(_ failure: JobFailure, as name: String, to object: inout JSONObjectWriter) {
        object.object(name) { error in
            error.field("class", failure.failureClass.rawValue)
            error.field("retryable", failure.isRetryable)
        }
    }

    private static func write(_ output: JobOutput, _ seconds: Double, to object: inout JSONObjectWriter) {
        object.field("success", true)
        object.field("status", JobState.completed.rawValue)
        object.field("result", output.table)
        object.field("output_range", output.outputRange)
        object.field("message", output.message)
        object.field("tokens_used", output.tokens.total)
        output.tokens.write(to: &object)
        if let cost = output.cost {
            object.object("cost") { object in
                object.field("amount", cost.amount.short)
                object.field("currency", cost.currency)
            }
        }
        object.field("model", output.model)
        object.field("provider", output.provider)
        object.field("processing_time", seconds)
        if !output.warnings.isEmpty { object.field("warnings", JSONValue.array(output.warnings.map(\.json))) }
    }
}

extension JobStatus {
    /// Where the job stands, for a person.
    var phrase: Phrase {
        guard let retry else { return state.phrase }
        return Phrase(
            "Попытка не удалась, запрос будет повторён: \(retry.failure.message)",
            "A try failed, the request will be tried again: \(retry.failure.message)")
    }
}

extension JobState {
    /// The truth about each state, for a person.
    var phrase: Phrase {
        switch self {
        case .pending: Phrase("Запрос принят и ждёт отправки в очередь", "The request waits to be queued")
        case .queued: Phrase("Запрос ожидает в очереди", "The request waits in the queue")
        case .processing: Phrase("Запрос обрабатывается", "The request is being processed")
        case .completed: Phrase("Запрос выполнен", "The request is completed")
        case .failed: Phrase("Запрос завершился ошибкой", "The request failed")
        case .cancelled: Phrase.cancelled
        }
    }
}

extension Response {
    /// Adds an entity tag, and answers 304 when the client has this very content (RFC 9110 §13.1.2).
    func conditional(on request: Request) -> Response {
        guard let content = body.bytes else { return self }
        return conditional(on: request, tag: content.entityTag)
    }

    /// The same for a content whose tag is known.
    func conditional(on request: Request, tag: String) -> Response {
        var response = self
        response.head.fields.set(.entityTag, tag)
        let known = request.head.values(of: "if-none-match").flatMap { $0.split(separator: ",") }
            .map { $0.filter { $0 != " " }.replacing("W/", with: "") }
        guard known.contains(tag) || known.contains("*") else { return response }
        response.head.status = .notModified
        response.head.fields.remove(.contentType)
        response.body = .empty
        return response
    }
}

extension [UInt8] {
    /// FNV-1a, 64 bits, in hex and quotes: tells contents apart, nothing more.
    var entityTag: String {
        "\"" + String(reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
            + "\""
    }
}
