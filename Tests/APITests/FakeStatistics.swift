import Domain
import EventLoop
import Telemetry

/// Statistics as a test wants them.
final class FakeStatistics: JobStatistics, Sendable {
    let categories = Lock<[String: PeriodNumbers]>([:])
    let isAway = Lock(false)

    func report(over period: StatisticsPeriod) async throws(StoreError) -> PeriodReport {
        if isAway.withLock({ $0 }) { throw .unavailable("away") }
        return PeriodReport(
            period: period, start: WallTime(microseconds: 0), end: WallTime(microseconds: 3_600_000_000),
            categories: categories.withLock { $0 })
    }

    func addUpNext() async throws(StoreError) -> Bool { false }

    func backlog(upTo limit: Int) async throws(StoreError) -> JobBacklog {
        JobBacklog(jobs: [], oldestSeconds: 0, unpublished: 0, published: 0)
    }
}
