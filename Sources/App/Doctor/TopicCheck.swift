import Kafka

/// Whether a topic that exists is fit for what goes through it.
struct TopicCheck {
    /// How the settings want it to be made.
    let wanted: KafkaTopicSpecification
    let topic: KafkaTopic
    /// What is in force for it, by Kafka's names; nil where the brokers do not tell.
    let settings: [String: String]?
    let brokers: Int
    /// The most bytes that are sent at once.
    let largestRecord: Int

    /// Waiting for longer than that is no accident any more.
    private static let shortestRetention = Duration.seconds(86_400)

    /// The worst of what there is to say.
    var finding: DoctorFinding {
        tooFewCopies ?? tooSmall ?? compacted ?? shortLived ?? fewPartitions ?? oneCopy ?? .ok(subject, detail)
    }

    private var subject: String { "topic \(topic.name)" }

    private var detail: Wording {
        let unknown = settings == nil
        return Wording(
            "разделов \(topic.partitions), копий \(topic.replication)"
                + (unknown ? "; остальных её настроек брокер не сообщает" : ""),
            "\(topic.partitions) partitions, \(topic.replication) copies of each"
                + (unknown ? "; the broker does not tell its other settings" : ""))
    }

    private func number(_ name: String) -> Int? { settings?[name].flatMap { Int($0) } }

    private var tooFewCopies: DoctorFinding? {
        guard let least = number("min.insync.replicas"), least > topic.replication else { return nil }
        return .fail(
            subject, Wording(same: "min.insync.replicas=\(least), replication=\(topic.replication)"),
            Wording(
                "брокер отклонит каждое сообщение: уменьшите min.insync.replicas или добавьте копии",
                "the brokers refuse every message: lower min.insync.replicas, or add copies"))
    }

    private var tooSmall: DoctorFinding? {
        guard let most = number("max.message.bytes"), most < largestRecord else { return nil }
        return .fail(
            subject, Wording(same: "max.message.bytes=\(most)"),
            Wording(
                "сервис отправляет до \(largestRecord) байт сразу, и брокер отклонит их: увеличьте "
                    + "max.message.bytes или уменьшите KAFKA_MAX_INLINE_BYTES",
                "up to \(largestRecord) bytes are sent at once, which the brokers would refuse: raise "
                    + "max.message.bytes, or lower KAFKA_MAX_INLINE_BYTES"))
    }

    private var compacted: DoctorFinding? {
        guard let policy = settings?["cleanup.policy"], policy.contains("compact") else { return nil }
        return .warn(
            subject, Wording(same: "cleanup.policy=\(policy)"),
            Wording(
                "брокер отклоняет сообщения без ключа и удаляет все, кроме последнего с тем же ключом: "
                    + "укажите cleanup.policy=delete",
                "the brokers refuse messages without a key and delete all but the last of a key: set "
                    + "cleanup.policy=delete"))
    }

    private var shortLived: DoctorFinding? {
        guard let milliseconds = number("retention.ms"), milliseconds >= 0,
            Duration.milliseconds(milliseconds) < Self.shortestRetention
        else { return nil }
        return .warn(
            subject, Wording(same: "retention.ms=\(milliseconds)"),
            Wording(
                "что ждёт дольше, брокер удалит; задания сервиса он получит снова, задания других отправителей, "
                    + "ответы и непонятые сообщения — нет: держите хотя бы сутки",
                "the brokers delete what waits for longer; jobs of the service are sent again, those of other "
                    + "producers, responses and dead letters are not: keep a day at least"))
    }

    private var fewPartitions: DoctorFinding? {
        guard topic.partitions < wanted.partitions else { return nil }
        return .warn(
            subject, detail,
            Wording(
                "в настройках разделов \(wanted.partitions): добавьте их (kafka-topics.sh --alter), если "
                    + "обработчиков больше, чем разделов",
                "the settings say \(wanted.partitions) partitions: add some (kafka-topics.sh --alter) if there are "
                    + "more workers than partitions"))
    }

    private var oneCopy: DoctorFinding? {
        guard topic.replication < 2, brokers > 1 else { return nil }
        return .warn(
            subject, detail,
            Wording(
                "при нескольких брокерах держите три копии: потеря одного не остановит сервис",
                "with several brokers keep three copies: the loss of one stops nothing then"))
    }
}
