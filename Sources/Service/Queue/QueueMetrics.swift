public import Domain
import EventLoop
public import Telemetry

/// What is counted of the queue.
public struct QueueMetrics: Sendable {
    /// Counts nothing.
    public static let disabled = QueueMetrics(.disabled)

    private let published: MetricFamily<Counter>
    private let commits: MetricFamily<Counter>
    private let rebalances: MetricFamily<Counter>
    private let lag: MetricFamily<Gauge>
    private let received: Counter
    private let lostLogs: Counter
    private let done = Lock(QueueStanding.Activity())

    /// What the process has done so far, whether there are metrics or not.
    public var activity: QueueStanding.Activity { done.withLock { $0 } }

    /// Makes the families of `registry`.
    public init(_ registry: MetricsRegistry) {
        published = registry.counter(
            "kafka_producer_messages", "Messages that the brokers took or did not take.", labels: ["kind", "outcome"])
        commits = registry.counter(
            "kafka_consumer_commits", "Commits of offsets, and those that failed.", labels: ["outcome"])
        rebalances = registry.counter(
            "kafka_consumer_rebalances", "Changes of the partitions that this worker reads.", labels: ["change"])
        lag = registry.gauge(
            "kafka_consumer_lag", "Messages of a partition that this worker reads and that are not committed yet.",
            labels: ["topic", "partition"], limit: 1000)
        received = registry.counter("kafka_consumer_messages", "Messages that came.").with()
        lostLogs = registry.counter(
            "kafka_consumer_lost_logs",
            "Partitions that were found to have another log and are read from its beginning."
        ).with()
    }

    func published<Success, Failure: Error>(_ kind: String, _ outcome: Result<Success, Failure>) {
        let name =
            switch outcome {
            case .success: "taken"
            case .failure: "failed"
            }
        published.with(kind, name).add()
    }

    func received(_ count: Int) { received.add(count) }

    func lostLog() { lostLogs.add() }

    func committed(_ isDone: Bool) {
        commits.with(isDone ? "done" : "failed").add()
        done.withLock { activity in
            if isDone { activity.commits += 1 } else { activity.failedCommits += 1 }
        }
    }

    /// The partitions that this worker reads have changed.
    func rebalanced(_ change: Change) {
        rebalances.with(change.rawValue).add()
        done.withLock { activity in
            switch change {
            case .assigned: activity.assigned += 1
            case .revoked: activity.revoked += 1
            case .lost: activity.lost += 1
            }
        }
    }

    enum Change: String {
        case assigned
        case revoked
        case lost
    }

    func set(lag partitions: [Int32: Int64], of topic: String) {
        var values: [[String]: Double] = [:]
        for (partition, count) in partitions { values[[topic, String(partition)]] = Double(count) }
        lag.set(values)
    }
}
