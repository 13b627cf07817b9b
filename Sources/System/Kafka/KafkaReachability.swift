/// The answer of a cluster that can be reached.
public struct KafkaReachability: Hashable, Sendable {
    /// From the question to the answer, on an open connection or including the time to open one.
    public let latency: Duration
    /// How many brokers the cluster says it has.
    public let brokers: Int

    /// Describes an answer.
    public init(latency: Duration, brokers: Int) {
        self.latency = latency
        self.brokers = brokers
    }
}
