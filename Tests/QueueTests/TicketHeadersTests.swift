import Domain
import Kafka
import Telemetry
import Testing

@testable import Queue

@Suite("Ticket headers")
struct TicketHeadersTests {
    private func entry(client: String?) -> OutboxEntry {
        OutboxEntry(
            sequence: 1, id: Samples.id, createdAt: Samples.time, client: client,
            content: .request(JobInput(query: "x")))
    }

    private func message(_ headers: [KafkaHeader], key: String = Samples.idText) -> KafkaMessage {
        KafkaMessage(topic: "t", partition: 0, offset: 1, key: Array(key.utf8), value: [], headers: headers)
    }

    private func headers(client: String? = "10.0.0.7", priority: Int = 3) throws -> [KafkaHeader] {
        let input = JobInput(query: "x", priority: try #require(JobPriority(priority)))
        return TicketHeaders.headers(entry(client: client), input)
    }

    @Test("a ticket is read back as it was written", arguments: ["10.0.0.7", "kafka:user:5", "ключ", ""])
    func roundTrip(client: String) throws {
        let ticket = try #require(TicketHeaders.ticket(message(try headers(client: client))))
        #expect(
            ticket
                == JobTicket(
                    id: Samples.id, client: client, priority: try #require(JobPriority(3)), createdAt: Samples.time))
    }

    @Test("headers among others' are found")
    func amongOthers() throws {
        let all = [KafkaHeader("traceparent", "00-1")] + (try headers()) + [KafkaHeader("x", nil)]
        #expect(TicketHeaders.ticket(message(all)) != nil)
    }

    @Test("a client that is not known or has too long a name gives no headers")
    func noHeaders() throws {
        #expect(try headers(client: nil).isEmpty)
        #expect(try headers(client: String(repeating: "x", count: 257)).isEmpty)
        #expect(try headers(client: String(repeating: "x", count: 256)).count == 3)
    }

    @Test("a job's trace rides beside its ticket, and is read from any producer's message if it is right")
    func trace() throws {
        let trace = TraceContext(namedAfter: Samples.id)
        let entry = OutboxEntry(
            sequence: 1, id: Samples.id, createdAt: Samples.time, client: "c",
            content: .request(JobInput(query: "x")), trace: trace)
        let headers = TicketHeaders.headers(entry, JobInput(query: "x"))
        #expect(TicketHeaders.trace(message(headers)) == trace)
        #expect(TicketHeaders.ticket(message(headers)) != nil)
        #expect(TicketHeaders.trace(message([KafkaHeader("traceparent", "00-1")])) == nil)
        #expect(TicketHeaders.trace(message([])) == nil)
    }

    @Test("without all of the headers, or with one that is wrong, it is another producer's message")
    func incomplete() throws {
        let right = try headers()
        for index in right.indices {
            var some = right
            some.remove(at: index)
            #expect(TicketHeaders.ticket(message(some)) == nil)
        }
        let wrong: [(Int, KafkaHeader)] = [
            (0, KafkaHeader("gigaoffice-client", [0xFF])), (0, KafkaHeader("gigaoffice-client", nil)),
            (0, KafkaHeader("gigaoffice-client", String(repeating: "x", count: 257))),
            (1, KafkaHeader("gigaoffice-priority", "11")), (1, KafkaHeader("gigaoffice-priority", "x")),
            (2, KafkaHeader("gigaoffice-created-at", "-1")),
            (2, KafkaHeader("gigaoffice-created-at", String(Int64.max))),
        ]
        for (index, header) in wrong {
            var some = right
            some[index] = header
            #expect(TicketHeaders.ticket(message(some)) == nil, "\(header)")
        }
        #expect(TicketHeaders.ticket(message(right, key: "7")) == nil)
    }
}
