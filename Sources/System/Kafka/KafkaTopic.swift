/// A topic that exists on the cluster.
public struct KafkaTopic: Hashable, Sendable {
    /// The topic's name.
    public let name: String
    /// How many partitions it has.
    public let partitions: Int
    /// How many copies the first partition has.
    public let replication: Int

    /// Describes a topic.
    public init(name: String, partitions: Int, replication: Int) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
    }
}
