import Hashing
import JSON

/// How a job has ended, as somebody outside or the database tells it: comparable, and small enough to keep many.
struct JobEnding: Hashable, Sendable {
    let status: String
    /// A hash of everything that must not differ between two tellings.
    let content: SHA256Digest

    private init(_ status: String, _ parts: [JSONValue?]) {
        self.status = status
        content = SHA256.hash(JSONValue.array(parts.map { $0 ?? .null }).serialized())
    }

    /// A job with this table and text.
    static func completed(table: JSONValue?, message: JSONValue?) -> JobEnding {
        JobEnding("completed", [table, message])
    }

    /// A job that failed for this reason.
    static func failed(message: JSONValue?, errorClass: JSONValue?) -> JobEnding {
        JobEnding("failed", [message, errorClass])
    }

    /// Reads the body of `GET /api/ai/result/{id}`; nil while the job has not ended.
    init?(result: JSONValue) {
        switch result["status"]?.stringValue {
        case "completed": self = .completed(table: result["result"], message: result["message"])
        case "failed": self = .failed(message: result["message"], errorClass: result["error"]?["class"])
        case "cancelled": self.init("cancelled", [])
        default: return nil
        }
    }

    /// Reads a message of the responses topic; nil when it leaves the result out, or tells of no end at all.
    init?(response: JSONValue) {
        guard let result = response["result"], result["metadata"]?["result_left_out"] == nil else { return nil }
        switch response["status"]?.stringValue {
        case "completed": self = .completed(table: result["result"], message: result["message"])
        case "failed": self = .failed(message: result["error"], errorClass: result["error_class"])
        case "cancelled": self.init("cancelled", [])
        default: return nil
        }
    }

    /// Reads a row of `ai_requests`; nil while the job has not ended.
    init?(row: JSONValue) {
        switch row["status"]?.stringValue {
        case "completed": self = .completed(table: row["result_data"], message: row["result_message"])
        case "failed": self = .failed(message: row["error_message"], errorClass: row["error_class"])
        case "cancelled": self.init("cancelled", [])
        default: return nil
        }
    }
}
