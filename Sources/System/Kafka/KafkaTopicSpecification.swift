/// A topic to be created.
public struct KafkaTopicSpecification: Hashable, Sendable {
    /// The topic's name: letters, digits, `.`, `_` and `-`, at most 249.
    public var name: String
    /// How many partitions it gets.
    public var partitions: Int
    /// How many copies each partition gets; not more than there are brokers.
    public var replication: Int
    /// The topic's own settings by Kafka's names, such as `retention.ms`.
    public var settings: [String: String]

    /// Describes the topic.
    public init(name: String, partitions: Int, replication: Int, settings: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.settings = settings
    }

    /// Whether Kafka takes this for a topic's name.
    public static func isName(_ text: String) -> Bool {
        (1...249).contains(text.utf8.count) && text != "." && text != ".."
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    /// Catches what no cluster could create; the cluster itself knows the rest.
    func validate() throws(KafkaError) {
        guard partitions > 0, replication > 0 else {
            throw .configuration(key: name, reason: "needs at least one partition and one copy of it")
        }
    }
}

/// What became of one topic to be created.
public enum KafkaTopicOutcome: Sendable {
    /// It is there now.
    case created
    /// It was there before; its partitions and settings were left alone.
    case existed
    /// The cluster refused it.
    case failed(KafkaError)
}
