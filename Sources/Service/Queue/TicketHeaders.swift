import Domain
import Kafka
import Telemetry

/// The headers that say of a message that it comes from our outbox, and all that its job's turn depends on. So a
/// reader that reads far ahead need not look into the value, which may hold a whole table.
enum TicketHeaders {
    private static let client = "gigaoffice-client"
    private static let priority = "gigaoffice-priority"
    private static let createdAt = "gigaoffice-created-at"

    /// The trace that a message is part of (W3C Trace Context).
    private static let trace = "traceparent"

    /// The headers of a request's message. Nothing of a ticket for a job whose client is not known or has too long a
    /// name: readers then take the value.
    static func headers(_ entry: OutboxEntry, _ input: JobInput) -> [KafkaHeader] {
        guard let client = entry.client, client.utf8.count <= JobTicket.maximumClientBytes else {
            return traceHeaders(entry)
        }
        return [
            KafkaHeader(Self.client, client), KafkaHeader(priority, String(input.priority.value)),
            KafkaHeader(createdAt, String(entry.createdAt.microseconds)),
        ] + traceHeaders(entry)
    }

    /// What every message of a job carries.
    static func traceHeaders(_ entry: OutboxEntry) -> [KafkaHeader] {
        entry.trace.map { [KafkaHeader(trace, $0.traceparent)] } ?? []
    }

    /// The trace of any producer's message; nil when it has none, or one that is not right.
    static func trace(_ message: KafkaMessage) -> TraceContext? {
        text(message, trace).flatMap { TraceContext(traceparent: $0) }
    }

    /// Nil unless key and headers are all there and right.
    static func ticket(_ message: KafkaMessage) -> JobTicket? {
        guard !message.headers.isEmpty, let id = text(message.key).flatMap({ JobID($0) }),
            let client = text(message, client), client.utf8.count <= JobTicket.maximumClientBytes,
            let priority = text(message, priority).flatMap({ Int($0) }).flatMap({ JobPriority($0) }),
            let createdAt = text(message, createdAt).flatMap({ Int64($0) }), years.contains(createdAt)
        else { return nil }
        return JobTicket(
            id: id, client: client, priority: priority, createdAt: WallTime(microseconds: createdAt))
    }

    /// From the epoch to the year 9999: arithmetic on what lies within does not overflow.
    private static let years: ClosedRange<Int64> = 0...253_402_300_799_000_000

    private static func text(_ message: KafkaMessage, _ name: String) -> String? {
        text(message.headers.first { $0.name == name }?.value)
    }

    private static func text(_ bytes: [UInt8]?) -> String? {
        bytes.flatMap { String(validating: $0, as: UTF8.self) }
    }
}
