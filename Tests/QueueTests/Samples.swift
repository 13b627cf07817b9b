import Domain
import JSON
import Telemetry

/// Fixed parts that messages are made of.
enum Samples {
    static let id = JobID(high: 0x0197_4A7B_1C2D_7E3F, low: 0x8A4B_5C6D_7E8F_9012)
    static let idText = "01974a7b-1c2d-7e3f-8a4b-5c6d7e8f9012"
    /// 2026-05-09T08:15:30.000125Z.
    static let time = WallTime(microseconds: 1_778_314_530_000_125)
    static let timeText = "2026-05-09T08:15:30.000125Z"

    static let output = JobOutput(
        table: [["Итого", 42]], message: "Готово", outputRange: "A12:B20", category: "analysis",
        tokens: TokenUsage(prompt: 10, completion: 5, precached: 3), model: "GigaChat-2-Max", provider: "gigachat")

    static func entry(_ content: OutboxEntry.Content, sequence: Int64 = 1, id: JobID = id) -> OutboxEntry {
        OutboxEntry(sequence: sequence, id: id, createdAt: time, content: content)
    }

    static func delivery(key: [UInt8]? = nil, value: [UInt8]?) -> JobDelivery {
        JobDelivery(
            position: QueuePosition(topic: "gigaoffice-requests", partition: 3, offset: 9_007_199_254_740_993),
            key: key, value: value)
    }
}

/// The JSON value of a message.
func parsed(_ message: [UInt8]) throws -> JSONValue {
    try JSONParser().parse(message)
}
