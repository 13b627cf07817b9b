import CLibrdkafka
import EventLoop
import Queue
import TestSupport
import Testing

@testable import Kafka

@Suite("Renewable producer", .timeLimit(.minutes(10)))
struct RenewableProducerTests {
    @Test("a producer that has failed for good is replaced, and what it refused can be sent again")
    func replaced() async throws {
        try await TestKafka.run { kafka in
            let topic = try await kafka.createTopic("records")
            let renewals = Lock(0)
            let producer = try RenewableProducer { _ in
                renewals.withLock { $0 += 1 }
            } _: { () throws(KafkaError) in
                try KafkaProducer(on: kafka.loop, blocking: kafka.blocking, configuration: kafka.configuration())
            }
            let record = KafkaRecord(topic: topic, value: Array("x".utf8))
            _ = try await producer.send([record])[0].get()
            let first = producer.current
            rd_kafka_test_fatal_error(
                first.client.handle.pointer, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID, "as after a broker's restart")
            // The failure becomes known with the next event or the next record, whichever comes first.
            var outcome = await producer.send([record])[0]
            if case .failure = outcome { outcome = await producer.send([record])[0] }
            _ = try outcome.get()
            _ = try await producer.send([record])[0].get()
            #expect(producer.current !== first)
            #expect(renewals.withLock { $0 } == 1)
            #expect(await producer.close(flushTimeout: .seconds(10)) == 0)
        }
    }
}
