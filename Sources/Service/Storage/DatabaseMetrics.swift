import Domain
import EventLoop
import Postgres
public import Telemetry

/// What the store counts of its database.
public struct DatabaseMetrics: Sendable {
    /// Counts nothing.
    public static let disabled = DatabaseMetrics(.disabled)

    let durations: MetricFamily<Histogram>
    private let failures: MetricFamily<Counter>
    private let connections: MetricFamily<Gauge>
    private let waiting: MetricFamily<Gauge>
    private let inFlight: MetricFamily<Gauge>

    /// Makes the families of `registry`.
    public init(_ registry: MetricsRegistry) {
        durations = registry.histogram(
            "database_query_duration_seconds", unit: .seconds,
            "From a transaction's wish to its answer, the wait for a connection included, by its main statement.",
            labels: ["statement"], bounds: HistogramBounds.moments, limit: 100, isSharded: true)
        failures = registry.counter(
            "database_query_failures", "Transactions that failed.", labels: ["statement", "outcome"], limit: 300)
        connections = registry.gauge(
            "database_connections", "Connections that are ready, by loop.", labels: ["loop"])
        waiting = registry.gauge(
            "database_connection_waiters", "Transactions that wait for a connection, by loop.", labels: ["loop"])
        inFlight = registry.gauge(
            "database_transactions_in_flight", "Transactions that were sent and not answered, by loop.",
            labels: ["loop"])
    }

    func failed(_ statement: String, _ error: StoreError) {
        let outcome =
            switch error {
            case .unavailable: "unavailable"
            case .inDoubt: "in_doubt"
            case .rejected: "rejected"
            }
        failures.with(statement, outcome).add()
    }

    /// Looks at the connections of the calling task's loop.
    func sample(_ client: PostgresClient) {
        let loop = client.loop.name
        connections.with(loop).set(Double(client.readyCount))
        waiting.with(loop).set(Double(client.waiterCount))
        inFlight.with(loop).set(Double(client.unitsInFlight))
    }
}
