import EventLoop
import Kafka
import TestSupport
import Testing

@Suite("A Kafka configuration")
struct KafkaConfigurationTests {
    @Test(
        "is refused by the name of the setting at fault",
        arguments: [
            (["no.such.setting": "1"], "no.such.setting"), (["socket.timeout.ms": "soon"], "socket.timeout.ms"),
            (["enable.idempotence": "false"], "enable.idempotence"), (["client.id": "x"], "client.id"),
            (["debug": "a\0b"], "debug"),
        ]
    )
    func faults(extra: [String: String], key: String) async throws {
        try await TestKafka.run(embedded: true) { kafka in
            let error = await kafka.refusal(of: kafka.configuration(extra: extra))
            #expect(error?.caseName == "configuration \(key)")
        }
    }

    @Test("is refused when its certificates cannot be read")
    func missingCertificate() async throws {
        try await TestKafka.run(embedded: true) { kafka in
            var configuration = kafka.configuration()
            configuration.tls = KafkaTLS(authorityFile: "/nonexistent/ca.pem")
            let error = await kafka.refusal(of: configuration)
            #expect(error?.caseName == "configuration client")
            #expect(error?.description.contains("ssl.ca.location") == true)
        }
    }

    @Test("accepts TLS with every switch and a SASL account", arguments: KafkaSASL.Mechanism.allCases)
    func security(mechanism: KafkaSASL.Mechanism) async throws {
        try await TestKafka.run(embedded: true) { kafka in
            var configuration = kafka.configuration()
            configuration.tls = KafkaTLS(verifiesCertificate: false, checksHostname: false)
            configuration.sasl = KafkaSASL(mechanism: mechanism, user: "user", password: "secret")
            let error = await kafka.refusal(of: configuration)
            #expect(error == nil)
        }
    }
}

extension TestKafka {
    /// Why no producer can be made with `configuration`; nil when one can.
    fileprivate func refusal(of configuration: KafkaConfiguration) async -> KafkaError? {
        do throws(KafkaError) {
            let producer = try KafkaProducer(on: loop, blocking: blocking, configuration: configuration)
            await producer.close()
            return nil
        } catch {
            return error
        }
    }
}
