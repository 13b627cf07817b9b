import JSON
import Testing

@testable import Chaos

@Suite("An end of a job")
struct JobEndingTests {
    private static let table: JSONValue = [["Запрос", "2+2"], ["Данные", .null]]

    @Test("is the same whether HTTP, the responses topic or the database tells it") func completed() {
        let result: JSONValue = [
            "success": true, "status": "completed", "result": Self.table, "message": .null, "processing_time": 0.5,
        ]
        let response: JSONValue = [
            "request_id": "x", "status": "completed", "timestamp": "now",
            "result": ["success": true, "result": Self.table, "metadata": ["model": "dryrun"]],
        ]
        let row: JSONValue = ["status": "completed", "result_data": Self.table, "result_message": .null, "losses": 3]
        #expect(JobEnding(result: result) != nil)
        #expect(JobEnding(result: result) == JobEnding(response: response))
        #expect(JobEnding(result: result) == JobEnding(row: row))
    }

    @Test("is the same for a failure") func failed() {
        let result: JSONValue = [
            "status": "failed", "message": "Нет", "error": ["class": "internal", "retryable": false],
        ]
        let response: JSONValue = ["status": "failed", "result": ["error": "Нет", "error_class": "internal"]]
        let row: JSONValue = ["status": "failed", "error_message": "Нет", "error_class": "internal"]
        #expect(JobEnding(result: result) != nil)
        #expect(JobEnding(result: result) == JobEnding(response: response))
        #expect(JobEnding(result: result) == JobEnding(row: row))
    }

    @Test("is another one with another content, and none while the job runs") func others() {
        let one = JobEnding.completed(table: Self.table, message: nil)
        #expect(one != JobEnding.completed(table: Self.table, message: "text"))
        #expect(one != JobEnding.completed(table: [["Запрос", "2+3"], ["Данные", .null]], message: nil))
        #expect(JobEnding(result: ["status": "processing"]) == nil)
        #expect(JobEnding(row: ["status": "queued"]) == nil)
        #expect(JobEnding(response: ["status": "completed", "result": ["metadata": ["result_left_out": true]]]) == nil)
    }
}
