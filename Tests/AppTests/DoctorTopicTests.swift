import Kafka
import Testing

@testable import App

@Suite("The doctor's look at a topic")
struct DoctorTopicTests {
    private func finding(
        _ settings: [String: String]?, partitions: Int = 8, replication: Int = 3, brokers: Int = 3
    ) -> DoctorFinding {
        TopicCheck(
            wanted: KafkaTopicSpecification(name: "requests", partitions: 8, replication: 3),
            topic: KafkaTopic(name: "requests", partitions: partitions, replication: replication),
            settings: settings, brokers: brokers, largestRecord: 1_000_000
        ).finding
    }

    /// Apache Kafka's own.
    private static let usual = [
        "min.insync.replicas": "1", "max.message.bytes": "1000012", "retention.ms": "604800000",
        "cleanup.policy": "delete",
    ]

    @Test("is content with Kafka's own settings, and with messages that are kept for ever")
    func fine() {
        #expect(finding(Self.usual).level == .ok)
        #expect(finding(Self.usual.merging(["retention.ms": "-1"]) { $1 }).level == .ok)
        #expect(finding(Self.usual.merging(["retention.ms": "86400000"]) { $1 }).level == .ok)
    }

    @Test(
        "names the setting that is wrong",
        arguments: [
            ("min.insync.replicas", "4", DoctorFinding.Level.fail), ("max.message.bytes", "999999", .fail),
            ("cleanup.policy", "compact", .warn), ("cleanup.policy", "compact,delete", .warn),
            ("retention.ms", "3600000", .warn), ("retention.ms", "0", .warn),
        ])
    func wrong(_ name: String, _ value: String, _ level: DoctorFinding.Level) {
        let found = finding(Self.usual.merging([name: value]) { $1 })
        #expect(found.level == level)
        #expect(found.subject == "topic requests")
        #expect(found.detail.english.hasPrefix("\(name)=\(value)"))
        #expect(found.advice != nil)
    }

    @Test("says when there are too few partitions or copies, and when it cannot know more")
    func parts() {
        #expect(finding(Self.usual, partitions: 7).level == .warn)
        #expect(finding(Self.usual, replication: 1).level == .warn)
        #expect(finding(Self.usual, replication: 1, brokers: 1).level == .ok)
        let unknown = finding(nil)
        #expect(unknown.level == .ok)
        #expect(unknown.detail.english.contains("does not tell"))
    }
}
