public import Domain
import EventLoop
import Postgres
import Telemetry

/// Counts of jobs, from PostgreSQL.
public final class PostgresStatistics: JobStatistics {
    private struct Known: Sendable {
        var report: PeriodReport
        var madeAt: MonotonicTime
    }

    private let database: DatabaseClients
    private let lifetime: Duration
    private let known = Lock<[StatisticsPeriod: Known]>([:])

    /// A report is made anew when it is older than `lifetime`, so that many questions cost no more than one.
    public init(_ database: DatabaseClients, lifetime: Duration = .seconds(5)) {
        self.database = database
        self.lifetime = lifetime
    }

    /// See `StatisticsStatements`.
    public func report(over period: StatisticsPeriod) async throws(StoreError) -> PeriodReport {
        let known = known.withLock { $0[period] }
        if let known, MonotonicTime.now - known.madeAt < lifetime { return known.report }
        let answers = try await database.execute([
            StatisticsStatements.report(.interval(period.duration)), StatisticsStatements.now(),
        ])
        var categories: [String: PeriodNumbers] = [:]
        for index in 0..<answers[0].count {
            categories[answers[0][index].string(0) ?? ""] = answers[0][index].numbers
        }
        let end = try answers[1][0].time(0)
        let start = WallTime(microseconds: end.microseconds - period.duration.wholeNanoseconds / 1000)
        let report = PeriodReport(period: period, start: start, end: end, categories: categories)
        self.known.withLock { $0[period] = Known(report: report, madeAt: .now) }
        return report
    }

    /// One statement, whole or not at all.
    public func addUpNext() async throws(StoreError) -> Bool {
        try await database.execute(StatisticsStatements.addUpNext()).count > 0
    }

    /// Two queries over partial indexes.
    public func backlog(upTo limit: Int) async throws(StoreError) -> JobBacklog {
        let answers = try await database.execute([
            StatisticsStatements.backlog(.integer(limit)), StatisticsStatements.outbox(.integer(limit)),
        ])
        var backlog = JobBacklog(
            jobs: [], oldestSeconds: 0, unpublished: Int(answers[1][0].integer(0) ?? 0),
            published: Int(answers[1][0].integer(1) ?? 0))
        for index in 0..<answers[0].count {
            let row = answers[0][index]
            backlog.jobs.append(
                JobBacklog.Jobs(
                    state: try row.state(0), category: row.string(1), count: Int(row.integer(2) ?? 0)))
            backlog.oldestSeconds = max(backlog.oldestSeconds, row.double(3) ?? 0)
        }
        return backlog
    }
}

extension PostgresRow {
    /// A row of `StatisticsStatements.report`.
    fileprivate var numbers: PeriodNumbers {
        var numbers = PeriodNumbers()
        numbers.completed = Int(integer(1) ?? 0)
        numbers.failed = Int(integer(2) ?? 0)
        numbers.cancelled = Int(integer(3) ?? 0)
        numbers.timed = Int(integer(4) ?? 0)
        numbers.seconds = double(5) ?? 0
        numbers.tokens = TokenUsage(
            prompt: Int(integer(6) ?? 0), completion: Int(integer(7) ?? 0), precached: Int(integer(8) ?? 0))
        numbers.ratedUp = Int(integer(9) ?? 0)
        numbers.ratedDown = Int(integer(10) ?? 0)
        return numbers
    }
}
