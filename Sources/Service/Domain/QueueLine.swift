public import Telemetry

/// The waiting jobs of one client and one priority, oldest first, as far as they were looked at: of a long line only
/// some are known by their rank, and what lies between is taken to have come evenly.
public struct QueueLine: Sendable {
    /// Whose jobs.
    public let client: String
    /// How urgent they are.
    public let priority: JobPriority
    private var points: [(rank: Int, moment: Int64)] = []

    /// An empty line.
    public init(client: String, priority: JobPriority) {
        self.client = client
        self.priority = priority
    }

    /// Adds the job of this rank, from 1. Ranks and times must grow.
    public mutating func add(rank: Int, createdAt: WallTime) {
        points.append((rank, createdAt.microseconds))
    }

    /// How many jobs wait in it.
    public var count: Int { points.last?.rank ?? 0 }

    /// When the first of them came.
    public var oldest: WallTime? { points.first.map { WallTime(microseconds: $0.moment) } }

    /// How many of them came before `moment`.
    public func count(before moment: WallTime) -> Int {
        let moment = moment.microseconds
        var low = 0
        var high = points.count
        while low < high {
            let middle = (low + high) / 2
            if points[middle].moment < moment { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return 0 }
        let before = points[low - 1]
        guard low < points.count else { return before.rank }
        let after = points[low]
        let share = Double(moment - before.moment) / Double(after.moment - before.moment)
        return before.rank + Int(share * Double(after.rank - before.rank - 1))
    }
}
