import Domain
import JSON
import Testing

@testable import Worker

@Suite("Redriven message")
struct RedrivenMessageTests {
    private let original = QueuePosition(topic: "requests", partition: 2, offset: 40)

    private func decoded(_ value: [UInt8], at offset: Int64) throws -> JobID {
        let place = QueuePosition(topic: "requests", partition: 0, offset: offset)
        return try MessageDecoder().decode(JobDelivery(position: place, key: nil, value: value)).ticket.id
    }

    @Test("a job without an id is the same job however often it is sent", arguments: ["", #""id":null,"#])
    func withoutID(field: String) throws {
        let sent = Array(#"{\#(field)"query":"q","input_data":[[1.50,12345678901234567890]]}"#.utf8)
        let first = try MessageDecoder().decode(JobDelivery(position: original, key: nil, value: sent)).ticket.id
        let value = RedrivenMessage.value(sent, from: original)
        #expect(try decoded(value, at: 90) == first)
        #expect(try decoded(RedrivenMessage.value(sent, from: original), at: 91) == first)
        #expect(try decoded(sent, at: 90) != first)
        #expect(String(decoding: value, as: UTF8.self).contains("[[1.50,12345678901234567890]]"))
    }

    @Test(
        "everything else goes byte for byte as it was",
        arguments: [#"{ "id" : "0199c0de-0000-7000-8000-000000000001", "query" : 5 }"#, "{", "[1]", ""])
    func others(text: String) {
        #expect(RedrivenMessage.value(Array(text.utf8), from: original) == Array(text.utf8))
    }
}
