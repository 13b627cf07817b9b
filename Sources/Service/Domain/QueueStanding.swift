/// How far the workers have come with the messages of the requests topic, and what this process has to do with that.
public struct QueueStanding: Sendable, Equatable {
    /// One partition of the topic.
    public struct Partition: Sendable, Equatable {
        /// The partition, from 0.
        public let number: Int32
        /// The offset that the next message will get.
        public let end: Int64
        /// The offset that the workers go on from; nil when they have committed none.
        public let committed: Int64?
        /// Messages that are not committed yet.
        public let lag: Int64

        /// Gathers what is known.
        public init(number: Int32, end: Int64, committed: Int64?, lag: Int64) {
            self.number = number
            self.end = end
            self.committed = committed
            self.lag = lag
        }
    }

    /// What one process has done since its start; all 0 in one that does no jobs.
    public struct Activity: Sendable, Equatable {
        /// Commits that the brokers took.
        public var commits = 0
        /// Commits that failed.
        public var failedCommits = 0
        /// How often it was given partitions, gave some back, and lost some.
        public var (assigned, revoked, lost) = (0, 0, 0)

        /// Nothing done yet.
        public init() {}
    }

    /// The topic's name.
    public let topic: String
    /// The name of the workers' group.
    public let group: String
    /// All of the topic's partitions, in order; none when there is no such topic yet.
    public let partitions: [Partition]
    /// Of the process that was asked.
    public let activity: Activity

    /// Gathers what is known.
    public init(topic: String, group: String, partitions: [Partition], activity: Activity) {
        self.topic = topic
        self.group = group
        self.partitions = partitions
        self.activity = activity
    }
}
