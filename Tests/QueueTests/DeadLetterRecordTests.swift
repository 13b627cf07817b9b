import Domain
import Kafka
import Telemetry
import TestSupport
import Testing

@testable import Queue

@Suite("Dead letter, read back")
struct DeadLetterRecordTests {
    private func record(_ delivery: JobDelivery) -> DeadLetterRecord {
        let value = DeadLetter.value(delivery, reason: "why", at: Samples.time)
        return DeadLetterRecord(
            KafkaMessage(topic: "dlq", partition: 1, offset: 7, value: value, timestamp: 1_767_225_600_000))
    }

    @Test("gives back the very bytes, their place and the reason")
    func roundTrip() {
        for value in [Array("{\"query\": ".utf8), [0xFF, 0x00, 0xFE], []] {
            let delivery = Samples.delivery(key: [0xC3], value: value)
            let letter = record(delivery)
            #expect(letter.original == delivery.position)
            #expect(letter.key == [0xC3])
            #expect(letter.value == value)
            #expect(letter.reason == "why")
            #expect(letter.position == QueuePosition(topic: "dlq", partition: 1, offset: 7))
            #expect(letter.time?.microseconds == 1_767_225_600_000_000)
            #expect(letter.withoutMessage.value == nil)
            #expect(letter.withoutMessage.original == delivery.position)
        }
    }

    @Test("tells a message that was left out from one that never was there")
    func leftOut() {
        let huge = [UInt8](repeating: 0x61, count: DeadLetter.maximumValueBytes + 1)
        #expect(record(Samples.delivery(key: nil, value: huge)).bytesLeftOut == huge.count)
        #expect(record(Samples.delivery(key: nil, value: huge)).value == nil)
        #expect(record(Samples.delivery(key: nil, value: nil)).bytesLeftOut == nil)
    }

    @Test(
        "says so when it is none",
        arguments: [
            "", "{", "[]", #"{"original_topic":"t","original_partition":-1e9}"#,
            #"{"original_topic":"a b","original_partition":0,"original_offset":0}"#,
            #"{"original_topic":"","original_partition":0,"original_offset":0}"#,
        ])
    func foreign(text: String) {
        let letter = DeadLetterRecord(
            KafkaMessage(topic: "dlq", partition: 0, offset: 0, value: Array(text.utf8)))
        #expect(letter.original == nil)
        #expect(letter.value == nil)
        #expect(!letter.reason.isEmpty)
    }
}
