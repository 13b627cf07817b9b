/// Which group a consumer joins, what it reads, and how much it holds in memory.
public struct KafkaConsumerOptions: Sendable {
    /// Where a group starts in a partition for which it has committed nothing yet.
    public enum Start: String, Sendable {
        /// At the oldest message that the broker still has.
        case earliest
        /// At messages that come from now on.
        case latest
    }

    /// The group's name. Its members share the partitions.
    public var group: String
    /// The topics to read.
    public var topics: [String]
    /// Where to start without a committed offset. Default `earliest`.
    public var start: Start
    /// The group takes the partitions away from a member that was silent for this long. A member gives at least six
    /// signs of life in that time, and one every 3 s. Default 30 s.
    public var sessionTimeout: Duration
    /// How long the loop may be stuck before the member leaves the group by itself; an application that is merely
    /// slow never is, since a timer of the loop keeps up the appearance. Default 5 min.
    public var maxPollInterval: Duration
    /// Messages fetched ahead of `next`, all partitions together; fetching stops above it, once the answer under way
    /// has come. The library looks for room about once a second, so this also caps how many messages a second a
    /// reader gets that has fallen behind. Default 100 000.
    public var prefetchMessages: Int
    /// The same bound in KiB. Default 32 MiB.
    public var prefetchKibibytes: Int

    /// Takes the defaults where nothing is given.
    public init(
        group: String,
        topics: [String],
        start: Start = .earliest,
        sessionTimeout: Duration = .seconds(30),
        maxPollInterval: Duration = .seconds(300),
        prefetchMessages: Int = 100_000,
        prefetchKibibytes: Int = 32_768
    ) {
        self.group = group
        self.topics = topics
        self.start = start
        self.sessionTimeout = sessionTimeout
        self.maxPollInterval = maxPollInterval
        self.prefetchMessages = prefetchMessages
        self.prefetchKibibytes = prefetchKibibytes
    }

    /// What a caller may replace through `KafkaConfiguration.extra`. A topic that is made while its readers wait for
    /// it, or made anew, is noticed by the refresh; a new member or a lost one by the heartbeat.
    var defaults: [(key: String, value: String)] {
        Defaults.common + [
            ("partition.assignment.strategy", "cooperative-sticky"), ("topic.metadata.refresh.interval.ms", "10000"),
            ("heartbeat.interval.ms", String(min(3000, max(1, sessionTimeout.cMilliseconds / 6)))),
        ]
    }

    var settings: [(key: String, value: String)] {
        [
            ("group.id", group), ("auto.offset.reset", start.rawValue),
            ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
            ("enable.partition.eof", "false"),
            ("queued.min.messages", String(prefetchMessages)),
            ("queued.max.messages.kbytes", String(prefetchKibibytes)),
            ("session.timeout.ms", String(sessionTimeout.cMilliseconds)),
            ("max.poll.interval.ms", String(maxPollInterval.cMilliseconds)),
        ]
    }
}
