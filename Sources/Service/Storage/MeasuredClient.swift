import Domain
import EventLoop
import Postgres
import Telemetry

/// A loop's connections, with a clock. Confined to the loop.
final class MeasuredClient {
    let client: PostgresClient
    private let metrics: DatabaseMetrics
    /// By statement; their number is that of the program's statements.
    private var durations: [String: Histogram] = [:]

    init(_ client: PostgresClient, _ metrics: DatabaseMetrics) {
        self.client = client
        self.metrics = metrics
    }

    var loop: EventLoop { client.loop }

    /// Runs statements in one transaction, in the store's words.
    func run(_ queries: [PostgresQuery]) async throws(StoreError) -> [PostgresRows] {
        let start = MonotonicTime.now
        let name = queries.first { $0.name != OutboxStatements.doNotWaitForDisk.name }?.name ?? ""
        defer { duration(of: name).observe(MonotonicTime.now - start, shard: loop.index) }
        do throws(PostgresError) {
            return try await client.execute(queries)
        } catch {
            let error = StoreError(error)
            metrics.failed(name, error)
            throw error
        }
    }

    private func duration(of name: String) -> Histogram {
        if let known = durations[name] { return known }
        let duration = metrics.durations.with(name)
        durations[name] = duration
        return duration
    }

    func sample() { metrics.sample(client) }
}
