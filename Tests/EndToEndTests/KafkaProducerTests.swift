import JSON
import Kafka
import TestSupport
import Testing

@Suite("Any Kafka producer")
struct KafkaProducerTests {
    private static func job(id: String?) -> [UInt8] {
        let id = id.map { "\"id\":\"\($0)\"," } ?? ""
        let text = """
            {\(id)"user_id":0,"priority":0,"query":"Посчитай сумму","input_range":"A1:B2","category":"analysis",
            "input_data":[[1,2],[3,4]],"created_at":1767225600.5,"timestamp":"2026-01-01T00:00:00.500000"}
            """
        return Array(text.utf8)
    }

    @Test("may submit a job, which is done once however often it is delivered, and answered")
    func submits() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let service = try await site.serve(.all, broker.settings)
            try await KafkaOutsider.with(broker.servers, reading: [broker.responses]) { outsider in
                let id = "5f0c1a52-7d0b-4b7e-9a51-3f6c2d1e8b90"
                for _ in 1...2 { try await outsider.send(Self.job(id: id), key: id, to: broker.requests) }
                let nameless = try await outsider.send(Self.job(id: nil), to: broker.requests)
                let responses = try await outsider.values(of: broker.responses, 2)
                #expect(nameless.offset == 2)
                #expect(responses.count == 2)
                let response = try #require(responses.first { $0["request_id"]?.stringValue == id })
                expectCompleted(response)
                #expect(try await service.status(id)["attempts"] == 1)
                let other = try #require(responses.first { $0["request_id"]?.stringValue != id })
                expectCompleted(other)
                let otherID = try #require(other["request_id"]?.stringValue)
                #expect(try await service.result(otherID)["success"] == true)
                #expect(
                    Set(outsider.messages(of: broker.responses).map(\.key)) == [Array(id.utf8), Array(otherID.utf8)])
            }
        }
    }

    private func expectCompleted(_ response: JSONValue) {
        #expect(response["status"] == "completed")
        #expect(response["result"]?["success"] == true)
        #expect(response["result"]?["result"]?.arrayValue?.count == 6)
        #expect(response["result"]?["metadata"]?.objectValue != nil)
        #expect(response["processing_time"]?.doubleValue ?? 0 > 0)
        #expect(response["timestamp"]?.stringValue?.isEmpty == false)
    }

    @Test("gets what nobody can read back on the dead letter topic, and holds nobody up")
    func poison() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let service = try await site.serve(.all, broker.settings)
            try await KafkaOutsider.with(broker.servers, reading: [broker.responses, broker.deadLetters]) { outsider in
                let poison: [[UInt8]] = [
                    [0xFF, 0xFE, 0x00, 0x80], Array("{\"query\":".utf8), Array("{\"priority\":1}".utf8),
                ]
                for value in poison { try await outsider.send(value, key: "k", to: broker.requests) }
                let id = "0190a6a0-0000-7000-8000-00000000abcd"
                try await outsider.send(Self.job(id: id), key: id, to: broker.requests)
                let letters = try await outsider.values(of: broker.deadLetters, poison.count)
                try expectLetters(letters, poison: poison, topic: broker.requests)
                let responses = try await outsider.values(of: broker.responses, 1)
                #expect(responses.map { $0["request_id"] } == [.string(id)])
                #expect(try await service.result(id)["success"] == true)
            }
        }
    }

    @Test("gets back whole what nobody can read though it is longer than what the service sends to its workers")
    func longPoison() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let settings = broker.settings.merging(["KAFKA_MAX_INLINE_BYTES": "1024"]) { $1 }
            try await site.work(settings)
            try await KafkaOutsider.with(broker.servers, reading: [broker.deadLetters]) { outsider in
                let poison = [UInt8](repeating: UInt8(ascii: "x"), count: 900_000)
                try await outsider.send(poison, to: broker.requests)
                let letter = try await outsider.values(of: broker.deadLetters, 1)[0]
                #expect(letter["original_value"]?.stringValue.map { Array($0.utf8) == poison } == true)
            }
        }
    }

    private func expectLetters(_ letters: [JSONValue], poison: [[UInt8]], topic: String) throws {
        #expect(letters.count == poison.count)
        for letter in letters {
            #expect(letter["original_topic"]?.stringValue == topic)
            #expect(letter["original_partition"] == 0)
            #expect(letter["original_key"] == "k")
            #expect(letter["error_reason"]?.stringValue?.isEmpty == false)
            #expect(letter["timestamp"]?.stringValue?.isEmpty == false)
            let offset = try #require(letter["original_offset"]?.intValue)
            guard poison.indices.contains(offset) else {
                Issue.record("offset \(offset)")
                continue
            }
            let text = String(validating: poison[offset], as: UTF8.self)
            #expect(letter["original_value"]?.stringValue == text ?? "//4AgA==")
            #expect(letter["original_encoding"]?.stringValue == (text == nil ? "base64" : nil))
        }
    }
}
