import Domain
import JSON
import Telemetry
import Testing

@testable import Worker

@Suite("Request messages")
struct MessageDecoderTests {
    @Test("the known shape is read whole")
    func knownShape() throws {
        let value = """
            {"id":"01a1fbce-02ec-7b43-980a-997b9fa68acd","user_id":0,"priority":3,"query":"Сумма","input_range":"A1:B2",
            "category":"analysis","input_data":[["a",1.50]],"created_at":1790000000,"timestamp":"2026-09-21T00:00:00"}
            """
        let message = try MessageDecoder().decode(delivery(value: value, at: 5))
        #expect(message.ticket.id == JobID("01a1fbce-02ec-7b43-980a-997b9fa68acd"))
        #expect(message.input.query == "Сумма")
        #expect(message.input.priority == JobPriority(3))
        #expect(message.input.data?.description == #"[["a",1.50]]"#)
    }

    @Test(
        "producers that name a user are clients of their own",
        arguments: [
            ("", "kafka", nil), (#","user_id":0"#, "kafka", nil), (#","user_id":42"#, "kafka:user:42", 42),
            (#","user_id":"42""#, "kafka", nil), (#","user_id":null"#, "kafka", nil),
            (#","user_id":5000000000"#, "kafka:user:5000000000", nil),
        ] as [(String, String, Int32?)])
    func clients(field: String, client: String, user: Int32?) throws {
        let message = try MessageDecoder().decode(delivery(value: #"{"query":"q"\#(field)}"#, at: 5))
        #expect(message.ticket.client == client)
        #expect(message.userID == user)
    }

    @Test("a message goes on with its producer's trace; without one the trace has the job's name")
    func trace() throws {
        let trace = try #require(
            TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        let value = Array(#"{"query":"q"}"#.utf8)
        let position = QueuePosition(topic: "requests", partition: 0, offset: 1)
        let traced = try MessageDecoder().decode(
            JobDelivery(position: position, key: nil, value: value, trace: trace))
        #expect(traced.input.trace == trace)
        let plain = try MessageDecoder().decode(JobDelivery(position: position, key: nil, value: value))
        #expect(plain.input.trace?.traceID == plain.ticket.id.description.replacing("-", with: ""))
    }

    @Test("a message without id is the same job at each delivery, and another one at another place")
    func derivedID() throws {
        let first = try MessageDecoder().decode(delivery(value: #"{"query":"q"}"#, at: 5))
        let again = try MessageDecoder().decode(delivery(value: #"{"query":"q"}"#, at: 5))
        let other = try MessageDecoder().decode(delivery(value: #"{"query":"q"}"#, at: 6))
        #expect(first.ticket.id == again.ticket.id)
        #expect(first.ticket.id != other.ticket.id)
        #expect(Array(first.ticket.id.description)[14] == "8", "a custom UUID")
        #expect(JobID(first.ticket.id.description) == first.ticket.id)
    }

    @Test(
        "what cannot be used says why",
        arguments: [
            ("", "JSON"), ("{", "JSON"), ("[]", "object"), ("{}", "query"), (#"{"query":7}"#, "query"),
            (#"{"query":"q","id":"7"}"#, "id"), (#"{"query":"q","id":7}"#, "id"),
            (#"{"query":"q","priority":11}"#, "priority"), (#"{"query":"q","input_data":[[[]]]}"#, "input_data"),
        ])
    func unusable(value: String, mentioned: String) {
        let error = #expect(throws: UnusableMessage.self) {
            try MessageDecoder().decode(delivery(value: value, at: 0))
        }
        #expect(error?.reason.contains(mentioned) == true)
    }

    @Test("bytes that are no text, and no bytes at all, are unusable")
    func bytes() {
        let position = QueuePosition(topic: "t", partition: 0, offset: 0)
        for value in [nil, [0xFF, 0xFE, 0x00]] as [[UInt8]?] {
            #expect(throws: UnusableMessage.self) {
                try MessageDecoder().decode(JobDelivery(position: position, key: nil, value: value))
            }
        }
    }
}
