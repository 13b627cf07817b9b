import Domain
import EventLoop
import Telemetry

/// What waits and runs over all processes, as the database has it: each process shows the same.
struct BacklogMetrics: Sendable {
    private let categories: Set<String>
    private let jobs: MetricFamily<Gauge>
    private let oldest: Gauge
    private let outbox: MetricFamily<Gauge>
    private static let interval = Duration.seconds(5)
    /// Waiting jobs that are looked at each time.
    private static let limit = 20_000
    /// Looking at a long queue may take this part of the time at most.
    private static let share = 50

    init(_ registry: MetricsRegistry, categories: Set<String>) {
        self.categories = categories
        jobs = registry.gauge(
            "gigaoffice_jobs", "Waiting and running jobs of all processes; of the waiting ones, 20 000 are looked at.",
            labels: ["state", "category"])
        oldest = registry.gauge(
            "gigaoffice_oldest_queued_job_seconds", unit: .seconds, "For how long the oldest waiting job has waited."
        ).with()
        outbox = registry.gauge(
            "gigaoffice_outbox_entries",
            "Messages of all processes: pending ones have to be published, published ones have to be claimed.",
            labels: ["state"])
    }

    /// Looks until the task is cancelled. While the database is away the last values stay.
    func watch(_ statistics: any JobStatistics, on loop: EventLoop) async {
        var started: MonotonicTime
        repeat {
            started = .now
            do throws(StoreError) {
                show(try await statistics.backlog(upTo: Self.limit))
            } catch {
                // The failure is counted with the query.
                continue
            }
        } while await loop.pause(for: max(Self.interval, (MonotonicTime.now - started) * Self.share))
    }

    private func show(_ backlog: JobBacklog) {
        var counts: [[String]: Double] = [:]
        for state in [JobState.queued, .processing] {
            for category in categories { counts[[state.rawValue, category]] = 0 }
        }
        for group in backlog.jobs {
            let category = group.category.map { categories.contains($0) ? $0 : "other" } ?? "none"
            counts[[group.state.rawValue, category], default: 0] += Double(group.count)
        }
        jobs.set(counts)
        oldest.set(backlog.oldestSeconds)
        outbox.with("pending").set(Double(backlog.unpublished))
        outbox.with("published").set(Double(backlog.published))
    }
}
