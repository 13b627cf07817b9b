import Domain
import Foundation
import JSON
import TestSupport
import Testing

@testable import Queue

@Suite("Dead letter")
struct DeadLetterTests {
    private func letter(_ delivery: JobDelivery) throws -> JSONValue {
        try parsed(DeadLetter.value(delivery, reason: "the value is not JSON", at: Samples.time))
    }

    @Test("text goes as it is, with its place and the reason")
    func text() throws {
        let delivery = Samples.delivery(key: Array("ключ".utf8), value: Array(#"{"query": "#.utf8))
        let expected = try JSONParser().parse(
            """
            {"original_topic":"gigaoffice-requests","original_partition":3,"original_offset":9007199254740993,
            "original_key":"ключ","original_value":"{\\"query\\": ","error_reason":"the value is not JSON",
            "timestamp":"\(Samples.timeText)"}
            """)
        #expect(try letter(delivery) == expected)
    }

    @Test("bytes that are not UTF-8 go as base64 and say so, key and value each for itself")
    func binary() throws {
        let value = try letter(Samples.delivery(key: Array("k".utf8), value: [0xFF, 0x00, 0xFE]))
        #expect(value["original_value"] == "/wD+")
        #expect(value["original_encoding"] == "base64")
        #expect(value["original_key"] == "k")
        #expect(value["original_key_encoding"] == nil)
        let key = try letter(Samples.delivery(key: [0xC3], value: Array("v".utf8)))
        #expect(key["original_key"] == "ww==")
        #expect(key["original_key_encoding"] == "base64")
        #expect(key["original_value"] == "v")
        #expect(key["original_encoding"] == nil)
    }

    @Test("a tombstone and a missing key are null")
    func missing() throws {
        let letter = try letter(Samples.delivery(value: nil))
        #expect(letter["original_value"] == .null)
        #expect(letter["original_key"] == .null)
        #expect(letter["original_encoding"] == nil)
    }

    @Test("every byte sequence comes back", arguments: UInt64(0)..<50)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0..<60, using: &random)
        let ceiling: UInt8 = seed.isMultiple(of: 2) ? 0x7F : 0xFF
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...ceiling, using: &random) }
        let letter = try letter(Samples.delivery(value: bytes))
        let text = try #require(letter["original_value"]?.stringValue)
        if letter["original_encoding"] == nil {
            #expect(Array(text.utf8) == bytes)
        } else {
            #expect(Data(base64Encoded: text) == Data(bytes))
        }
    }

    @Test(
        "a message that would not fit goes without its bytes, and says where they are and how many",
        arguments: [UInt8(0xFF), 0x01])
    func tooLarge(byte: UInt8) throws {
        let value = [UInt8](repeating: byte, count: 900_000)
        let delivery = Samples.delivery(key: [UInt8](repeating: 0x61, count: 90_000), value: value)
        let bytes = DeadLetter.value(delivery, reason: "no", at: Samples.time)
        #expect(bytes.count < 1000)
        let letter = try parsed(bytes)
        #expect(letter["original_value"] == .null)
        #expect(letter["original_key"] == .null)
        #expect(letter["original_bytes_left_out"] == 900_000)
        #expect(letter["original_offset"] == 9_007_199_254_740_993)
        #expect(DeadLetter.key(delivery) == nil)
    }
}
