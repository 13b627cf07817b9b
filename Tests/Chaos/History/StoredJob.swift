import JSON

/// A row of `ai_requests` after the campaign, as far as the checker needs it.
struct StoredJob: Sendable {
    let id: String
    let status: String
    let query: String
    let inputRange: String?
    let data: JSONValue?
    let priority: Int
    let attempts: Int
    /// Grows with each taking of the job by a worker.
    let token: Int
    /// How often a worker was lost with the job.
    let losses: Int
    let errorMessage: String?
    let errorClass: String?
    /// Nil while it has not ended.
    let ending: JobEnding?
    /// Query and data as the dry run has put them into its answer.
    let echo: Echo?
    /// Seconds since 1970.
    let completedAt: Double?

    struct Echo: Equatable, Sendable {
        let query: String?
        let data: String?
    }

    /// Reads a row as `to_jsonb` gives it, with `completed` in seconds since 1970.
    init(row: JSONValue) {
        func text(_ name: String) -> String? { row[name]?.stringValue }
        id = text("id") ?? ""
        status = text("status") ?? ""
        query = text("query_text") ?? ""
        inputRange = text("input_range")
        data = row["input_data"].flatMap { $0.isNull ? nil : $0 }
        priority = row["priority"]?.intValue ?? 0
        attempts = row["attempts"]?.intValue ?? 0
        token = row["fencing_token"]?.intValue ?? 0
        losses = row["losses"]?.intValue ?? 0
        errorMessage = text("error_message")
        errorClass = text("error_class")
        ending = JobEnding(row: row)
        completedAt = row["completed"]?.doubleValue
        let table = row["result_data"]
        echo = table?.arrayValue.map { _ in
            Echo(query: table?[0]?[1]?.stringValue, data: table?[3]?[1]?.stringValue)
        }
    }
}
