import Kafka
import Queue

/// Kafka: whether the brokers answer, and the topics are as they should be.
struct BrokerChecks {
    private let kafka: Configuration.Kafka
    private let isProduction: Bool
    private static let patience = Duration.seconds(5)

    init(_ configuration: Configuration) {
        kafka = configuration.kafka
        isProduction = configuration.deployment == .production
    }

    func findings(_ context: LoopProgram.Context) async -> [DoctorFinding] {
        guard !kafka.usesEmbeddedBroker else { return [embedded] }
        let servers = kafka.servers.map(\.description).joined(separator: ",")
        do throws(KafkaError) {
            let admin = try KafkaAdmin(
                on: context.mainLoop, blocking: context.kafkaBlocking,
                configuration: KafkaConfiguration(kafka, servers: servers))
            let found = await look(admin, servers)
            await admin.close()
            return found
        } catch {
            return [fault(servers, error)]
        }
    }

    private var embedded: DoctorFinding {
        let detail = Wording("брокер внутри процесса", "the broker inside the process")
        guard isProduction else { return .ok("Kafka", detail) }
        return .warn(
            "Kafka", detail,
            Wording(
                "укажите KAFKA_BOOTSTRAP_SERVERS: встроенный брокер держит сообщения в памяти и служит одному процессу",
                "set KAFKA_BOOTSTRAP_SERVERS: the embedded broker keeps messages in memory and is for one process"))
    }

    private func look(_ admin: KafkaAdmin, _ servers: String) async -> [DoctorFinding] {
        do throws(KafkaError) {
            let brokers = try await admin.ping(timeout: Self.patience).brokers
            let topics = try await admin.listTopics(timeout: Self.patience)
            let known = Dictionary(topics.map { ($0.name, $0) }) { first, _ in first }
            let answer = DoctorFinding.ok(
                "Kafka", Wording("\(servers): брокеров \(brokers)", "\(servers): \(brokers) brokers"))
            let wanted = QueueTopics(kafka).all
            let settings = await settings(of: wanted.map(\.name).filter { known[$0] != nil }, admin)
            return [answer] + wanted.map { check($0, known[$0.name], settings[$0.name], brokers) }
        } catch {
            return [fault(servers, error)]
        }
    }

    /// What the brokers tell of the topics' settings: not every user may ask, and not every broker knows the question.
    private func settings(of topics: [String], _ admin: KafkaAdmin) async -> [String: [String: String]] {
        do throws(KafkaError) {
            return try await admin.settings(ofTopics: Set(topics), timeout: Self.patience)
        } catch {
            return [:]
        }
    }

    private func fault(_ servers: String, _ error: KafkaError) -> DoctorFinding {
        .fail(
            "Kafka", Wording(same: "\(servers): \(error)"),
            Wording(
                "проверьте KAFKA_BOOTSTRAP_SERVERS, KAFKA_USE_SSL, KAFKA_SASL_* и то, что брокер сообщает адрес, "
                    + "видимый отсюда (advertised.listeners); до тех пор задания принимаются и ждут",
                "check KAFKA_BOOTSTRAP_SERVERS, KAFKA_USE_SSL, KAFKA_SASL_*, and that the broker tells an address that "
                    + "can be reached from here (advertised.listeners); until then jobs are accepted and wait"))
    }

    private func check(
        _ wanted: KafkaTopicSpecification, _ topic: KafkaTopic?, _ settings: [String: String]?, _ brokers: Int
    ) -> DoctorFinding {
        guard let topic else {
            return .warn(
                "topic \(wanted.name)", Wording("его нет", "it is not there"),
                Wording(
                    "сервис создаст его при запуске, если брокер ему это разрешает; иначе создайте его сами: "
                        + "\(wanted.partitions) разделов",
                    "the service makes it at its start where the broker lets it; otherwise make it yourself, with "
                        + "\(wanted.partitions) partitions"))
        }
        return TopicCheck(
            wanted: wanted, topic: topic, settings: settings, brokers: brokers,
            largestRecord: RecordSize.maximum(inlineBytes: kafka.maxInlineBytes)
        ).finding
    }
}
